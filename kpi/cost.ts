import type { Site } from '../model/site.ts';
import { type Evidence, knownOf, merged, row } from './evidence.ts';
import type { Figure } from './figure.ts';
import { hoursOf } from './local-time.ts';
import { type TariffBand, tariffBands } from './tariff-band.ts';

type Tariff = Site['tariff'][number];

/** The tariff of a local date: the latest that is not after it. */
export const tariffOn = (tariffs: readonly Tariff[], date: string): Tariff | undefined =>
  tariffs.filter(({ from }) => from <= date).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];

/**
 * What energy costs by band, at the prices of each local day; the fixed part of the months, day by day, for the site
 * alone; and, with a minus, what is paid for energy given back.
 */
export const energyCost = (evidence: Evidence): readonly Figure[] => {
  const known = knownOf(merged('energy', evidence.rows.energy).valid_ms, evidence, 'meter');
  const items = costOf(evidence);
  if (items === undefined) {
    return [row('energy_cost', evidence, known, 'no_tariff', { by: { item: 'total' } })];
  }
  const total = Object.values(items).reduce((sum, euro) => sum + euro, 0);
  return Object.entries({ ...items, total }).map(([item, euro]) =>
    row('energy_cost', evidence, known, euro, { by: { item } }),
  );
};

type Item = TariffBand | 'export' | 'fixed';

const costOf = ({
  window,
  by,
  rows,
  local,
  site: { tariff: tariffs },
}: Evidence): Partial<Record<Item, number>> | undefined => {
  const items: Partial<Record<Item, number>> = { f1: 0, f2: 0, f3: 0, export: 0 };
  const add = (item: Item, euro: number): void => {
    items[item] = (items[item] ?? 0) + euro;
  };
  for (const { time, part } of rows.energy ?? []) {
    const tariff = tariffOn(tariffs, local.at(time).day.date);
    if (tariff === undefined) return undefined;
    for (const band of tariffBands) {
      add(band, ((part[`import_${band}_wh`] ?? 0) / 1000) * tariff.import_per_kwh[band]);
    }
    add('export', ((part.export_wh ?? 0) / -1000) * tariff.export_per_kwh);
  }
  if (by.device !== undefined) return items;
  for (const day of local.daysOf(window)) {
    const tariff = tariffOn(tariffs, day.date);
    if (tariff === undefined) return undefined;
    const inside = { from: Math.max(day.from, window.from), to: Math.min(day.to, window.to) };
    add('fixed', ((tariff.fixed_per_month / day.daysInMonth) * hoursOf(inside)) / hoursOf(day));
  }
  return items;
};
