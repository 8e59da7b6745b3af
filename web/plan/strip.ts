import type { Device, Site } from '../api/types.ts';
import { s } from '../dom/element.ts';
import { language } from '../text/text.ts';
import { cornerOf } from './figures.ts';
import type { Strip } from './fold.ts';

export interface DrawnZone {
  readonly id: string;
  readonly shape: SVGElement;
  readonly label: SVGTextElement;
  readonly figure: SVGTextElement;
}

export interface DrawnPoint {
  readonly device: Device;
  readonly group: SVGGElement;
  readonly label: SVGTextElement;
}

/** One stretch of the street as it was drawn, with what changes in it. */
export interface DrawnStrip {
  readonly element: SVGSVGElement;
  readonly seats: ReadonlyMap<string, SVGElement>;
  readonly zones: readonly DrawnZone[];
  readonly accessPoints: readonly DrawnPoint[];
  readonly meters: readonly DrawnPoint[];
}

export interface StripOptions {
  readonly site: Site;
  readonly strip: Strip;
  /** Pixels of a metre. */
  readonly scale: number;
  readonly seatRadiusM: number;
  readonly isLast: boolean;
}

/** Nominal reach of an access point, drawn as a circle. */
const reachM = 20;
/** Letters of the plan grow with those of the page: a wall is read from afar. */
const remPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
const scaleBarM = 10;
const labelWidthPx = 130;

/** Draws a stretch in metres; y grows upwards on the plan and downwards in SVG. */
export const drawStrip = ({ site, strip, scale, seatRadiusM, isLast }: StripOptions): DrawnStrip => {
  const { height_m: height } = site.plan;
  const zoomed = remPx() / 16;
  const px = (pixels: number): number => (pixels * zoomed) / scale;
  const y = (metres: number): number => height - metres;
  const isHere = ({ at: [x] }: Device): boolean =>
    x >= strip.from && (x < strip.to || (isLast && x <= strip.to));
  const here = site.devices.filter(isHere).toSorted((a, b) => a.at[0] - b.at[0]);

  const zones = site.zones
    .filter(({ area }) => area.some(([x]) => x > strip.from) && area.some(([x]) => x < strip.to))
    .map((zone): DrawnZone => {
      const [left, top] = cornerOf(zone);
      const xs = zone.area.map(([x]) => x);
      const ys = zone.area.map(([, metres]) => metres);
      return {
        id: zone.id,
        shape: s('polygon', {
          class: 'ap-zone',
          points: zone.area.map(([x, m]) => `${x},${y(m)}`).join(' '),
        }),
        label: s(
          'text',
          { class: 'ap-zone-name', x: left + px(8), y: y(top) + px(19), 'font-size': px(14) },
          zone.name[language],
        ),
        figure: s('text', {
          class: 'ap-zone-figure',
          x: (Math.min(...xs) + Math.max(...xs)) / 2,
          y: y((Math.min(...ys) + Math.max(...ys)) / 2) + px(14),
          'font-size': px(40),
        }),
      };
    });

  const seats = new Map<string, SVGElement>();
  const drawnSeats = here
    .filter(({ kind }) => kind === 'seat')
    .map((seat) => {
      const [x, metres] = seat.at;
      const shape = s('g', {
        class: 'ap-seat',
        'data-seat': seat.id,
        transform: `translate(${x} ${y(metres)})`,
      });
      shape.append(s('title', {}, seat.id), s('circle', { class: 'ap-seat-ring', r: seatRadiusM }));
      if (seatRadiusM * scale >= 6) shape.append(...seatMarks(seatRadiusM));
      if (seatRadiusM * scale >= 11)
        shape.append(
          s('text', { class: 'ap-seat-id', y: seatRadiusM + px(13), 'font-size': px(11) }, seat.id),
        );
      seats.set(seat.id, shape);
      return shape;
    });

  const rowOf = labelRows(px);
  const point = (device: Device, kind: string, ...shapes: readonly SVGElement[]): DrawnPoint => {
    const [x, metres] = device.at;
    const isHigh = metres > height / 2;
    const isAtEnd = x > strip.to - px(labelWidthPx);
    const row = rowOf(`${kind} ${isHigh}`, isAtEnd ? x - px(labelWidthPx) : x);
    const label = s('text', {
      class: 'ap-point-label',
      x: isAtEnd ? px(-10) : px(10),
      y: isHigh ? px(36 + 17 * row) : px(-10 - 17 * row),
      'font-size': px(13),
      'text-anchor': isAtEnd ? 'end' : 'start',
    });
    const group = s('g', { class: kind, transform: `translate(${x} ${y(metres)})` }, ...shapes, label);
    return { device, group, label };
  };
  const accessPoints = here
    .filter(({ kind }) => kind === 'access-point')
    .map((device) =>
      point(
        device,
        'ap-access-point',
        s('circle', { class: 'ap-reach', r: reachM }),
        s('circle', { class: 'ap-mark', r: px(8) }),
      ),
    );
  const meters = here
    .filter(({ kind }) => kind === 'meter')
    .map((device) =>
      point(
        device,
        'ap-meter',
        s('rect', { class: 'ap-mark', x: px(-7), y: px(-7), width: px(14), height: px(14) }),
      ),
    );

  const width = strip.to - strip.from;
  const layer = (name: string, ...shapes: readonly SVGElement[]) =>
    s('g', { class: `ap-layer-${name}` }, ...shapes);
  const element = s(
    'svg',
    {
      class: 'ap-strip',
      viewBox: `${strip.from} 0 ${width} ${height}`,
      width: width * scale,
      height: height * scale,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    ...zones.map(({ shape }) => shape),
    layer('seats', ...drawnSeats),
    layer('wifi', ...accessPoints.map(({ group }) => group)),
    ...zones.map(({ label }) => label),
    layer('people', ...zones.map(({ figure }) => figure)),
    layer('power', ...meters.map(({ group }) => group)),
    ...(isLast ? [scaleBar(strip.to - px(12), height - px(8), px)] : []),
  );
  return { element, seats, zones, accessPoints, meters };
};

/** Gives a label the first row below the names of zones in which no other stands in its way; left to right. */
const labelRows = (px: (pixels: number) => number) => {
  const ends = new Map<string, number[]>();
  return (line: string, from: number): number => {
    const rows = ends.get(line) ?? [];
    ends.set(line, rows);
    const free = rows.findIndex((end) => end <= from);
    const row = free < 0 ? rows.length : free;
    rows[row] = from + px(labelWidthPx);
    return row;
  };
};

/** What tells the states apart without colours: a dot is somebody, a question mark nobody knows. */
const seatMarks = (radiusM: number): readonly SVGElement[] => [
  s('circle', { class: 'ap-seat-person', r: radiusM * 0.42 }),
  s('text', { class: 'ap-seat-question', y: radiusM * 0.5, 'font-size': radiusM * 1.4 }, '?'),
];

const scaleBar = (right: number, bottom: number, px: (pixels: number) => number): SVGElement =>
  s(
    'g',
    { class: 'ap-scale' },
    s('path', {
      d: `M${right - scaleBarM} ${bottom - px(5)}v${px(5)}h${scaleBarM}v${-px(5)}`,
      'stroke-width': px(1.5),
    }),
    s('text', { x: right - scaleBarM / 2, y: bottom - px(6), 'font-size': px(11) }, `${scaleBarM} m`),
  );
