/** Grafana's names of colours on its dark ground. */
const named: Readonly<Record<string, string>> = {
  green: '#73bf69',
  orange: '#ff9830',
  red: '#f2495c',
  blue: '#5794f2',
  purple: '#b877d9',
};

export const hex = (color: string): string => named[color] ?? color;

/** Of series, in order: Grafana's classic palette. */
const palette = [
  ...['#73bf69', '#f2cc0c', '#8ab8ff', '#ff780a', '#f2495c', '#5794f2', '#b877d9', '#705da0'],
  ...['#37872d', '#fade2a', '#447ebc', '#c15c17', '#890f02', '#0a437c', '#6d1f62', '#584477'],
];
export const seriesColor = (index: number): string => palette[index % palette.length] ?? '#73bf69';

/** The colour of the last step that a value reaches. */
export const stepColor = (
  value: number,
  steps: readonly { readonly color: string; readonly value: number | null }[],
): string => hex(steps.findLast(({ value: from }) => from === null || value >= from)?.color ?? 'green');
