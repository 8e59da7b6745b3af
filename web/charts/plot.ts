import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { h, setText } from '../dom/element.ts';
import { colour, theme } from '../shell/theme.ts';

export interface PlotSeries {
  readonly label: string;
  readonly colour: 'blue' | 'green' | 'amber' | 'red' | 'violet' | 'grey';
  /** One for each time; absent where nothing is known, which is a gap and no zero. */
  readonly values: readonly (number | undefined)[];
}

export interface PlotOptions {
  /** Epoch milliseconds. */
  readonly times: readonly number[];
  readonly series: readonly PlotSeries[];
  readonly kind: 'line' | 'bars';
  readonly timeZone: string;
  /** Upper end of the scale, where there is one: 1 for shares. */
  readonly max?: number;
  readonly format: (value: number) => string;
  readonly formatTime: (time: number) => string;
}

export interface Plot {
  readonly element: HTMLElement;
  close(): void;
}

const heightPx = 260;
const font = '14px "Titillium Web", sans-serif';
const dashes = [[], [8, 4], [2, 4], [12, 3, 2, 3]];

/** A chart on a canvas, painted in the colours of the page. Beside it stands a table for those who cannot see it. */
export const plot = (options: PlotOptions): Plot => {
  const canvas = h('div', { class: 'ap-canvas' });
  const readout = h('p', { class: 'ap-readout', 'aria-hidden': 'true' });
  const data: UPlot.AlignedData = [
    options.times.map((time) => time / 1000),
    ...options.series.map(({ values }) => values.map((value) => value ?? null)),
  ];
  let chart: UPlot | undefined;
  const paint = (): void => {
    chart?.destroy();
    chart = new UPlot(settingsOf(options, Math.max(200, canvas.clientWidth), readout), data, canvas);
  };
  const resize = new ResizeObserver(() => {
    if (chart === undefined) paint();
    else if (canvas.clientWidth > 0) chart.setSize({ width: canvas.clientWidth, height: heightPx });
  });
  resize.observe(canvas);
  const stop = theme.onChange(paint);
  return {
    element: h('div', {}, canvas, readout),
    close: () => {
      stop();
      resize.disconnect();
      chart?.destroy();
    },
  };
};

const settingsOf = (
  { series, kind, timeZone, max, format, formatTime, times }: PlotOptions,
  width: number,
  readout: HTMLElement,
): UPlot.Options => {
  const axis = {
    stroke: colour('soft'),
    font,
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
  };
  const bars = UPlot.paths.bars?.({ size: [0.7, 60] });
  return {
    width,
    height: heightPx,
    tzDate: (time) => UPlot.tzDate(new Date(time * 1000), timeZone),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { range: (_chart, low, high) => (kind === 'bars' ? widened(times, low, high) : [low, high]) },
      y: { range: (_chart, low, high) => [Math.min(0, low ?? 0), max ?? niceMax(high)] },
    },
    axes: [
      { ...axis, values: (_chart, splits) => splits.map((split) => formatTime(split * 1000)), space: 90 },
      { ...axis, size: 74, values: (_chart, splits) => splits.map((split) => format(split)) },
    ],
    series: [
      {},
      ...series.map(({ label, colour: name }, index) => ({
        label,
        stroke: colour(name),
        width: 2,
        dash: kind === 'line' ? (dashes[index % dashes.length] ?? []) : [],
        ...(kind === 'bars' ? { fill: colour(name), ...(bars === undefined ? {} : { paths: bars }) } : {}),
        points: { show: kind === 'line' && times.length < 60 },
      })),
    ],
    hooks: {
      setCursor: [
        ({ cursor: { idx } }) => {
          const time = idx === null || idx === undefined ? undefined : times[idx];
          setText(
            readout,
            time === undefined || idx === null || idx === undefined
              ? ''
              : `${formatTime(time)}: ${series.map(({ label, values }) => `${label} ${textOf(values[idx], format)}`).join(' · ')}`,
          );
        },
      ],
    },
  };
};

const textOf = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? '–' : format(value);

const niceMax = (high: number | null | undefined): number =>
  high === null || high === undefined || high <= 0 ? 1 : high * 1.08;

/** Half a bar more at both ends. */
const widened = (times: readonly number[], low: number, high: number): [number, number] => {
  const [first = 0, second = first + 3_600_000] = times;
  const half = (second - first) / 2_000;
  return [low - half, high + half];
};
