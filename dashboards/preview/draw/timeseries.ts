import { hex, seriesColor } from '../color.ts';
import { formatValue } from '../format.ts';
import type { Frame } from '../frame.ts';
import type { Drawing } from './drawing.ts';
import { escapeText } from './escape.ts';
import { drawLegend, legendHeight } from './legend.ts';
import { niceTicks } from './scale.ts';
import { timeAxis } from './time-axis.ts';

const left = 64;
const bottom = 22;

/** Where a series stands on those under it. */
interface Layer {
  readonly points: readonly (readonly [time: number, base: number, top: number | undefined])[];
  readonly color: string;
}

export const drawTimeseries = (drawing: Drawing): string => {
  const { panel, frames, width, language } = drawing;
  const { custom, thresholds, min, max, unit, decimals } = panel.fieldConfig.defaults;
  const bars = custom.drawStyle === 'bars';
  const layers = layersOf(frames, custom.stacking?.mode === 'normal');
  const height = drawing.height - legendHeight(drawing);
  // Bars stand on something; lines need not show it.
  const values = layers.flatMap(({ points }) =>
    points.flatMap(([, base, top]) => (top === undefined ? [] : bars ? [base, top] : [top])),
  );
  const low = min ?? Math.min(...values, bars ? 0 : Number.POSITIVE_INFINITY);
  const most = max ?? Math.max(...values, low);
  const high = most > low ? most : low + 1;
  const room = { ...drawing, height: height - bottom, plotWidth: width - left - 8, low, high };
  const y = (value: number): number => 6 + (room.height - 6) * (1 - (value - low) / (high - low || 1));
  const grid = niceTicks(low, high, Math.max(2, Math.floor(room.height / 45))).map((value) => {
    const at = y(value).toFixed(1);
    const text = formatValue(value, unit, { decimals, language });
    return `<line class="grid" x1="${left}" x2="${width - 8}" y1="${at}" y2="${at}"/><text class="axis" x="${left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end" font-size="11">${escapeText(text)}</text>`;
  });
  const limits = (thresholds.steps.length > 1 ? thresholds.steps : []).flatMap(({ color, value }) =>
    value === null || value < low || value > high
      ? []
      : [
          `<line x1="${left}" x2="${width - 8}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="${hex(color)}" stroke-dasharray="6 5" stroke-opacity="0.7"/>`,
        ],
  );
  const x = placeOf(room);
  const drawn = layers.map((layer, index) =>
    bars
      ? columns(layer, { x, y, index, count: layers.length, stacked: custom.stacking?.mode === 'normal' })
      : line(layer, { x, y }),
  );
  const marks = drawing.marks.map(({ time, color }) => {
    const at = x(time).toFixed(1);
    return `<line x1="${at}" x2="${at}" y1="0" y2="${room.height}" stroke="${hex(color)}" stroke-dasharray="4 4"/>`;
  });
  const axis = timeAxis(drawing, { left, width: room.plotWidth, top: room.height });
  return `<svg width="${width}" height="${height}">${grid.join('')}${limits.join('')}${drawn.join('')}${marks.join('')}${axis}</svg>${drawLegend(drawing)}`;
};

const placeOf =
  ({ span, plotWidth }: { readonly span: Drawing['span']; readonly plotWidth: number }) =>
  (time: number): number =>
    left + ((time - span.from) / (span.to - span.from)) * plotWidth;

const layersOf = (frames: readonly Frame[], stacked: boolean): Layer[] => {
  const sums = new Map<number, number>();
  return frames.map(({ points }, index) => ({
    color: seriesColor(index),
    points: points.map(([time, value]) => {
      const base = stacked ? (sums.get(time) ?? 0) : 0;
      if (value !== undefined) sums.set(time, base + value);
      return [time, base, value === undefined ? undefined : base + value] as const;
    }),
  }));
};

type Place = (figure: number) => number;

/** A break where a window has no value; a point that stands alone is a dot. */
const line = ({ points, color }: Layer, { x, y }: { readonly x: Place; readonly y: Place }): string => {
  const parts: string[][] = [[]];
  for (const [time, , top] of points) {
    if (top === undefined) parts.push([]);
    else parts.at(-1)?.push(`${x(time).toFixed(1)},${y(top).toFixed(1)}`);
  }
  return parts
    .map((part) => {
      const [first = ''] = part;
      const [cx = '', cy = ''] = first.split(',');
      if (part.length === 1) return `<circle cx="${cx}" cy="${cy}" r="2" fill="${color}"/>`;
      return part.length === 0
        ? ''
        : `<polyline points="${part.join(' ')}" fill="none" stroke="${color}" stroke-width="1.3"/>`;
    })
    .join('');
};

const columns = (
  { points, color }: Layer,
  {
    x,
    y,
    index,
    count,
    stacked,
  }: {
    readonly x: Place;
    readonly y: Place;
    readonly index: number;
    readonly count: number;
    readonly stacked: boolean;
  },
): string => {
  const [[first] = [0], [second] = [3_600_000]] = points;
  const room = Math.max(1, (x(second) - x(first)) * 0.8);
  const wide = stacked ? room : room / count;
  return points
    .map(([time, base, top]) => {
      if (top === undefined || top === base) return '';
      const at = x(time) + (stacked ? 0 : wide * index);
      return `<rect x="${at.toFixed(1)}" y="${y(top).toFixed(1)}" width="${Math.max(1, wide).toFixed(1)}" height="${Math.max(0.5, y(base) - y(top)).toFixed(1)}" fill="${color}" fill-opacity="0.8"/>`;
    })
    .join('');
};
