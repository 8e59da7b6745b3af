import type { ByKeys, Window } from '../figure.ts';
import type { ByKey } from '../kpi.ts';
import type { KpiId } from '../kpis.ts';
import type { KpiRow } from '../query/reader.ts';
import type { Every } from '../query/windows.ts';

/** What is not as it should be, and who should do what about it. */
export interface Anomaly extends Window {
  readonly kind: string;
  /** The zone, seat or device; nothing for the whole site. */
  readonly by: ByKeys;
  /** It has not ended yet. */
  readonly isOpen: boolean;
  readonly evidence: Evidence;
  readonly advice: Text;
}

/** The worst figure of its windows, and from where on it is one. */
export interface Evidence {
  readonly kpi: KpiId;
  readonly value: number;
  readonly unit: string;
  readonly threshold: number;
}

type Text = Readonly<Record<'it' | 'en', string>>;

/** How one kind is found: in windows of a figure that follow each other. */
export interface Rule {
  readonly kind: string;
  readonly kpi: KpiId;
  readonly by: readonly ByKey[];
  readonly every: Every;
  /** Keys that the figure's rows have and that are looked at. */
  readonly rows: ByKeys;
  /** Windows in a row from which it is one. */
  readonly windowsMin: number;
  readonly threshold: number;
  /** What of a row is held against the threshold; nothing where it says nothing. */
  readonly measure: (row: KpiRow) => number | undefined;
  readonly isWrong: (measured: number, row: KpiRow) => boolean;
  readonly advice: Text;
}
