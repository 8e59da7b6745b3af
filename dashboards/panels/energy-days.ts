import type { Site } from '../../model/site.ts';
import * as days from '../queries/energy-days.ts';
import { same } from '../text.ts';
import type { SeriesPanel, Target } from './panel.ts';
import { tariffOf } from './power-now.ts';
import { informative } from './threshold.ts';

const nothing = {
  it: 'Nessun giorno misurato nel periodo: le finestre giornaliere si formano dopo la prima ora',
  en: 'No measured day in this range: daily windows come after the first hour',
};

const daily = {
  kind: 'timeseries',
  noValue: nothing,
  thresholds: informative,
  minInterval: '1d',
  recent: '90d',
  draw: 'bars',
  stacked: true,
  legend: ['sum', 'mean', 'max'],
  min: 0,
} as const;

/** One bar a band. */
const byBand = (ask: (band: days.TariffBand) => Target['query']): SeriesPanel['targets'] => {
  const target = (band: days.TariffBand): Target => ({ query: ask(band), name: same(band.toUpperCase()) });
  const [first, ...others] = days.bands;
  return [target(first), ...others.map(target)];
};

export const importOfDays: SeriesPanel = {
  ...daily,
  key: 'import-of-days',
  title: { it: 'Energia prelevata giorno per giorno', en: 'Energy from the grid, day by day' },
  description: {
    it:
      'Energia prelevata in ogni giorno intero, divisa nelle fasce F1, F2 e F3: le finestre da cui nascono i rendiconti. ' +
      'Molta F1 con poca gente: spostare i carichi alla sera o al sabato.',
    en:
      'Energy taken on each whole day, split into the bands F1, F2 and F3: the windows that reports are made of. Much F1 ' +
      'with few people: move loads to the evening or to Saturday.',
  },
  targets: byBand(days.importOfDays),
  decimals: 1,
};

export const costOfDays = (site: Site): SeriesPanel => {
  const prices = tariffOf(site)?.import_per_kwh;
  return {
    ...daily,
    key: 'cost-of-days',
    title: { it: 'Spesa giorno per giorno', en: 'Cost, day by day' },
    description: {
      it:
        'Energia di ogni fascia × il suo prezzo nella tariffa in vigore. Quota fissa, imposte e ricavi dell’immissione ' +
        'esclusi. I giorni cari senza eventi sono i primi da spiegare.',
      en:
        'Energy of each band × its price in the tariff in force. Fixed charge, taxes and export income are left out. Dear ' +
        'days without an event are the first to be explained.',
    },
    targets: byBand((band) => days.costOfDays(band, prices?.[band] ?? 0)),
    decimals: 2,
  };
};
