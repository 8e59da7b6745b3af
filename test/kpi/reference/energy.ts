import { bandOf, clockOf } from './clock.ts';
import { energy as possible, type Standing, standingOf } from './counter.ts';
import type { Table } from './occupancy.ts';
import { countUntil, knownMs, pieces, quartersOf, type Series, type Span } from './raw.ts';

/** A meter by its phases: `total`, `a`, `b`, `c`. */
export type Meter = Readonly<Record<string, Series>>;

interface Tariff {
  readonly f1: number;
  readonly f2: number;
  readonly f3: number;
  readonly export: number;
  readonly fixed: number;
}

/** Energy of a field in a span, by the counter where it speaks and by power where it does not. */
class Flow {
  private readonly power: Series;
  private readonly times: readonly number[];
  private readonly standing: readonly Standing[];
  private readonly sign: number;

  constructor(total: Series, field: 'energy_import_wh' | 'energy_export_wh') {
    this.power = total.with('active_power_w');
    this.standing = standingOf(total, field, possible);
    this.times = this.standing.map(({ time }) => time);
    this.sign = field === 'energy_import_wh' ? 1 : -1;
  }

  /** Counted between two readings that stand, in proportion of time. */
  counted({ from, to }: Span, silentMs = 0): number {
    let sum = 0;
    for (let index = countUntil(this.times, from); index < this.standing.length; index++) {
      const [before, reading] = [this.standing[index - 1], this.standing[index]];
      if (reading === undefined || (before?.time ?? reading.time) >= to) break;
      if (before === undefined || reading.counted === undefined) continue;
      const elapsedMs = reading.time - before.time;
      if (elapsedMs <= silentMs) continue;
      sum += (reading.counted * (Math.min(to, reading.time) - Math.max(from, before.time))) / elapsedMs;
    }
    return sum;
  }

  integrated(span: Span): number {
    const within = this.times.slice(countUntil(this.times, span.from), countUntil(this.times, span.to));
    let sum = 0;
    for (const { from, to } of pieces(span, [...this.power.edgesIn(span), ...within])) {
      const watts = this.sign * (this.power.at(from)?.fields.active_power_w ?? 0);
      if (!this.isCounted(from) && watts > 0) sum += (watts * (to - from)) / 3_600_000;
    }
    return sum;
  }

  of(span: Span): number {
    return this.counted(span) + this.integrated(span);
  }

  private isCounted(time: number): boolean {
    const next = countUntil(this.times, time);
    return next > 0 && this.standing[next]?.counted !== undefined;
  }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Figures of a meter in a window, quarter hour by quarter hour. */
export const meterFigures = (
  meter: Meter,
  window: Span,
  isEmpty: (quarter: Span) => boolean,
  tariff: Tariff,
): Table => {
  const total = meter.total ?? Object.values(meter)[0];
  if (total === undefined) throw new Error('a meter has a phase');
  const taken = new Flow(total, 'energy_import_wh');
  const given = new Flow(total, 'energy_export_wh');
  const quarters = quartersOf(window).map((quarter) => ({
    quarter,
    wh: taken.of(quarter),
    givenWh: given.of(quarter),
    validMs: knownMs(quarter, total),
  }));
  const bands = { f1: 0, f2: 0, f3: 0 };
  for (const { quarter, wh } of quarters) bands[bandOf(quarter.from)] += wh / 1000;
  const known = quarters.filter(({ quarter, validMs }) => validMs >= (quarter.to - quarter.from) / 2);
  const powers = known.map(({ wh }) => (4 * wh) / 1000);
  const empty = known
    .filter(({ quarter }) => isEmpty(quarter))
    .map(({ wh }) => (4 * wh) / 1000)
    .sort((a, b) => a - b);
  const importKwh = sum(Object.values(bands));
  const exportKwh = sum(quarters.map(({ givenWh }) => givenWh)) / 1000;
  const bridged = taken.counted(window, 120_000) / 1000;
  const validHours = sum(quarters.map(({ validMs }) => validMs)) / 3_600_000;
  const peak = Math.max(...powers);
  return {
    'energy import': importKwh,
    'energy export': exportKwh,
    'energy integrated': taken.integrated(window) / 1000,
    'energy bridged': bridged,
    'energy_by_band f1': bands.f1,
    'energy_by_band f2': bands.f2,
    'energy_by_band f3': bands.f3,
    ...costOf(bands, exportKwh, window, tariff),
    peak_power: peak,
    base_load: percentile5(empty),
    load_factor: (importKwh - bridged) / validHours / peak,
    ...quality(meter, total, window),
  };
};

const percentile5 = (sorted: readonly number[]): number | undefined => {
  const place = 0.05 * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined
    ? undefined
    : low + (high - low) * (place - Math.floor(place));
};

const costOf = (
  bands: Readonly<Record<'f1' | 'f2' | 'f3', number>>,
  exportKwh: number,
  window: Span,
  tariff: Tariff,
) => {
  const dates = new Set(quartersOf(window).map(({ from }) => clockOf(from).date));
  const fixed = sum(
    [...dates].map(
      (date) => tariff.fixed / new Date(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0).getDate(),
    ),
  );
  const items = {
    f1: bands.f1 * tariff.f1,
    f2: bands.f2 * tariff.f2,
    f3: bands.f3 * tariff.f3,
    export: -exportKwh * tariff.export,
    fixed,
  };
  return Object.fromEntries(
    Object.entries({ ...items, total: sum(Object.values(items)) }).map(([item, euro]) => [
      `energy_cost ${item}`,
      euro,
    ]),
  );
};

/** Power factor under load, and imbalance of three phases. */
const quality = (meter: Meter, total: Series, window: Span): Table => {
  let [active, apparent, loadedMs, lowMs, mean, deviation] = [0, 0, 0, 0, 0, 0];
  const power = total.with('active_power_w');
  for (const { from, to } of pieces(window, power.edgesIn(window))) {
    const { active_power_w: watts, apparent_power_va: va = 0 } = power.at(from)?.fields ?? {};
    if (watts === undefined || va < 100) continue;
    active += Math.abs(watts) * (to - from);
    apparent += va * (to - from);
    loadedMs += to - from;
    if (Math.abs(watts) / va < 0.9) lowMs += to - from;
  }
  const { a, b, c } = meter;
  if (a !== undefined && b !== undefined && c !== undefined) {
    for (const { from, to } of pieces(window, a.edgesIn(window))) {
      const currents = [a, b, c].map((phase) => Math.abs(phase.at(from)?.fields.current_a ?? Number.NaN));
      const middle = sum(currents) / 3;
      if (Number.isNaN(middle)) continue;
      mean += middle * (to - from);
      deviation += Math.max(...currents.map((current) => Math.abs(current - middle))) * (to - from);
    }
  }
  return {
    'power_factor mean': loadedMs > 0 ? active / apparent : undefined,
    'power_factor low_share': loadedMs > 0 ? lowMs / loadedMs : undefined,
    phase_imbalance: mean > 0 ? (100 * deviation) / mean : undefined,
  };
};
