import type { Evidence } from '../../kpi/evidence.ts';
import type { Figure } from '../../kpi/figure.ts';
import { LocalTime } from '../../kpi/local-time.ts';
import { defaultKpiSettings } from '../../kpi/settings.ts';
import type { Report } from '../../kpi/state.ts';
import { viaRossini } from '../support/via-rossini.ts';

export const rome = new LocalTime('Europe/Rome');

/** Epoch milliseconds of an instant with its offset: `2026-06-23T08:00+02:00`. */
export const at = (instant: string): number => Date.parse(instant);

export const minutes = (count: number): number => count * 60_000;

/** Reports of one field: minutes after a start, and values. */
export const reportsOf = (
  field: string,
  start: number,
  values: readonly (readonly [minute: number, value: number])[],
): readonly Report[] =>
  values.map(([minute, value]) => ({ time: start + minutes(minute), fields: { [field]: value } }));

/** Evidence of a site with one device of each kind, unless told otherwise. */
export const evidenceOf = (changes: Partial<Evidence> & Pick<Evidence, 'window'>): Evidence => ({
  by: {},
  devices: { seat: 1, counter: 1, 'access-point': 1, radio: 1, probe: 1, meter: 1 },
  capacity: 1,
  rows: {},
  site: viaRossini,
  local: rome,
  settings: defaultKpiSettings,
  ...changes,
});

/** Figures as `key=value` and values, reasons in the place of values. */
export const tableOf = (figures: readonly Figure[]): Readonly<Record<string, number | string | undefined>> =>
  Object.fromEntries(figures.map(({ by, value, reason }) => [Object.values(by).join(' '), value ?? reason]));
