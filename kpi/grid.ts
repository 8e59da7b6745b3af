import type { Window } from './figure.ts';

/** Windows of one length side by side: `count` of them from `from` on, which is a multiple of their length (UTC). */
export interface Grid {
  readonly from: number;
  readonly everyMs: number;
  readonly count: number;
}

export const minuteMs = 60_000;
export const quarterMs = 15 * minuteMs;
export const hourMs = 60 * minuteMs;

/** The windows that cover [from, to). */
export const gridOf = ({ from, to }: Window, everyMs: number): Grid => {
  const start = Math.floor(from / everyMs) * everyMs;
  return { from: start, everyMs, count: Math.max(0, Math.ceil((to - start) / everyMs)) };
};

export const gridEnd = ({ from, everyMs, count }: Grid): number => from + everyMs * count;

/** Cuts a stretch of time at the windows' edges: `each` gets the window's place and the piece inside it. */
export const cut = (
  grid: Grid,
  from: number,
  to: number,
  each: (index: number, from: number, to: number) => void,
): void => {
  const end = Math.min(to, gridEnd(grid));
  let start = Math.max(from, grid.from);
  if (start >= end) return;
  let index = Math.floor((start - grid.from) / grid.everyMs);
  while (start < end) {
    const edge = Math.min(end, grid.from + (index + 1) * grid.everyMs);
    each(index, start, edge);
    start = edge;
    index++;
  }
};
