import type { Panel } from '../panels/panel.ts';
import type { Text } from '../text.ts';
import type { Annotation } from './annotation.ts';
import type { Variable } from './variable.ts';

/** A panel and its height on the grid (one unit is 30 pixels). */
export interface Cell {
  readonly panel: Panel;
  readonly height: number;
}

/** Panels one under the other. */
export interface Stack {
  /** Of the 24 columns of the grid. */
  readonly width: number;
  readonly cells: readonly Cell[];
}

/** Stacks side by side: the current value left, its trend right. */
export type Band = readonly Stack[];

export interface Row {
  /** Never changes, like a panel's key. */
  readonly key: string;
  readonly title: Text;
  /** Closed until somebody wants the detail; its queries do not run before. */
  readonly collapsed: boolean;
  readonly bands: readonly Band[];
}

/** A board, from the general to the specific, in no language yet. */
export interface Board {
  /** Part of its uid and file name: never changes. */
  readonly slug: string;
  readonly title: Text;
  readonly description: Text;
  /** For whom, in a word: a tag to find it by. */
  readonly audience: Text;
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly rows: readonly Row[];
}

export const stack = (width: number, ...cells: readonly (readonly [Panel, number])[]): Stack => ({
  width,
  cells: cells.map(([panel, height]) => ({ panel, height })),
});
