import type { MeasurementName } from '../model/measurements.ts';
import type { PartName } from './parts.ts';

/** Units in which figures are published. `1` is a share or a plain count. */
export type KpiUnit =
  | '1'
  | 'persons'
  | 'min'
  | 'user_min'
  | '1/d'
  | 's'
  | 'ms'
  | '%'
  | 'dBm'
  | 'kWh'
  | 'kW'
  | 'EUR'
  | 'kWh/h';

/** What a caller may ask rows for. `device` is a counter, access point, probe or meter. */
export type ByKey = 'zone' | 'seat' | 'device' | 'band';

export interface KpiDefinition {
  /** Of its rows, unless a row has a unit of its own: causes are user-minutes, health has many. */
  readonly unit: KpiUnit;
  readonly description: { readonly it: string; readonly en: string };
  /** The measurements that its parts are made from; none where the site file alone is read. */
  readonly reads: readonly MeasurementName[];
  /** The parts that it is computed from. */
  readonly parts: readonly PartName[];
  /** Rows that a caller may ask for, beside windows; the whole site where none is asked for. */
  readonly by: readonly ByKey[];
  /** Keys that every answer has: their values are rows of their own. */
  readonly rows?: Readonly<Record<string, readonly string[]>>;
  /** The coarsest windows whose parts still carry all that it needs; those of the figure itself where absent. */
  readonly from?: 'quarter' | 'hour' | 'day';
  /** Whether it tells of people, so that k-anonymity holds for the public scope. */
  readonly people: boolean;
}

/** Declares figures and keeps their ids. */
export const defineKpis = <const K extends Readonly<Record<string, KpiDefinition>>>(kpis: K): K => kpis;
