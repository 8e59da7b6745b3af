import type { Frame } from '../frame.ts';
import type { InfluxSeries } from '../influx.ts';
import type { DrawnPanel } from '../panel.ts';
import type { Span } from '../question.ts';

export interface Mark {
  readonly time: number;
  readonly color: string;
}

/** All that a panel is drawn from. Answers are in the order of its queries. */
export interface Drawing {
  readonly panel: DrawnPanel;
  readonly frames: readonly Frame[];
  readonly answers: readonly (readonly InfluxSeries[])[];
  /** What its axis of time shows. */
  readonly span: Span;
  /** What happened when, by the annotations of the board. */
  readonly marks: readonly Mark[];
  readonly language: string;
  readonly timeZone: string;
  /** Room inside the panel, pixels. */
  readonly width: number;
  readonly height: number;
}
