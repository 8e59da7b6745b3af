import { sum, times } from './expression.ts';
import { query } from './query.ts';
import { select } from './select.ts';
import { chosen } from './variable.ts';

/** Time bands of the Italian tariff. */
export const bands = ['f1', 'f2', 'f3'] as const;
export type TariffBand = (typeof bands)[number];

const feed = { site: chosen('site'), device: chosen('feed') } as const;

/** Energy taken in one band each local day, in Wh, from the windows that reports are made of. */
export const importOfDays = (band: TariffBand) =>
  query(select('energy_1d', { columns: { energy: sum(`import_${band}_wh`) }, where: feed, every: '1d' }), {
    energy: 'Wh',
  });

/** What it cost, in €. @param perKwh price of the band */
export const costOfDays = (band: TariffBand, perKwh: number) =>
  query(
    select('energy_1d', {
      columns: { cost: times(sum(`import_${band}_wh`), perKwh / 1000) },
      where: feed,
      every: '1d',
    }),
    { cost: 'EUR' },
  );
