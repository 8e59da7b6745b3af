import { type Phase, phases } from '../../model/power.ts';
import type { SeriesColumns } from '../../store/history.ts';
import { energyParts, type MeterReports } from '../energy.ts';
import { minuteMs } from '../grid.ts';
import { energyPart } from '../parts.ts';
import type { Report } from '../state.ts';
import { columnsOf } from './columns.ts';
import { changedBy, counterReach } from './gap.ts';
import type { Made } from './made.ts';
import { reportsOf } from './reports.ts';
import { floorTo, minutesOf, type Scope } from './scope.ts';
import type { Source } from './source.ts';

interface Meter {
  readonly tags: { readonly site: string; readonly zone: string; readonly device: string };
  readonly reports: MeterReports;
  /** What its readings in the unit can have changed. */
  readonly from: number;
  readonly to: number;
}

const isPhase = (phase: string): phase is Phase => (phases as readonly string[]).includes(phase);

/** Meters, all phases of each together. Energy counted over a silence changes the windows of that silence too. */
export const makeMeters = async (source: Source, scope: Scope): Promise<readonly Made[]> => {
  const { site, from, to } = scope;
  const meters = toMeters(await source.follow('power', {}, counterReach(scope)), scope);
  const late = meters.filter((meter) => meter.from < from || meter.to > to);
  return [
    make(meters, { site: site.id }, { from, to }, scope),
    ...late.map((meter) => make([meter], { site: site.id, device: meter.tags.device }, meter, scope)),
  ];
};

const make = (
  meters: readonly Meter[],
  tags: Made['tags'],
  { from, to }: { readonly from: number; readonly to: number },
  { site, settings, local, now }: Scope,
): Made => {
  const grid = minutesOf(from, Math.min(to, floorTo(now, minuteMs)));
  const options = { maxSilenceMs: site.max_silence_s.meter * 1000, local, settings };
  const series = meters.map((meter) =>
    columnsOf(energyPart, meter.tags, energyParts(meter.reports, grid, options), grid),
  );
  return { base: 'energy', step: '1m', tags, from, to, series };
};

const toMeters = (columns: readonly SeriesColumns[], scope: Scope): Meter[] => {
  const meters = new Map<
    string,
    { tags: Meter['tags']; reports: Partial<Record<Phase, readonly Report[]>>; from: number; to: number }
  >();
  for (const one of columns) {
    const { zone = '', device = '', phase = '' } = one.tags;
    if (!isPhase(phase)) continue;
    const changed = changedBy(one, scope);
    const known = meters.get(device);
    if (known === undefined) {
      const tags = { site: scope.site.id, zone, device };
      meters.set(device, { tags, reports: { [phase]: reportsOf(one) }, ...changed });
    } else {
      known.reports[phase] = reportsOf(one);
      known.from = Math.min(known.from, changed.from);
      known.to = Math.max(known.to, changed.to);
    }
  }
  return [...meters.values()];
};
