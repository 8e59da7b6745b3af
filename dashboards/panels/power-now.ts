import type { Site } from '../../model/site.ts';
import * as power from '../queries/power.ts';
import { same } from '../text.ts';
import type { SeriesPanel, StatPanel } from './panel.ts';
import { above, below, informative, type Thresholds } from './threshold.ts';

const now = '10m';
const feedSilent = {
  it: 'Il contatore di fornitura non ha risposto negli ultimi 10 minuti',
  en: 'The supply meter has not reported in the last 10 minutes',
};

/** Newest tariff of the site file: the build must not depend on the day on which it runs. */
export const tariffOf = ({ tariff }: Site): Site['tariff'][number] | undefined =>
  [...tariff].sort((a, b) => a.from.localeCompare(b.from)).at(-1);

export const contractedKw = (site: Site): number => tariffOf(site)?.contracted_power_kw ?? 0;

/** Amperes that the contract leaves to each of three phases at 230 V. */
export const contractedAmperes = (site: Site): number => (contractedKw(site) * 1_000) / (3 * 230);

/** Watts. Look from 80 % of the contracted power on, act from all of it. */
export const contractTarget = (site: Site): Thresholds =>
  above(contractedKw(site) * 800, contractedKw(site) * 1_000);

export const gridPowerNow = (site: Site): StatPanel => ({
  kind: 'stat',
  key: 'grid-power-now',
  title: { it: 'Potenza prelevata adesso', en: 'Power from the grid now' },
  description: {
    it:
      `Potenza alla fornitura in questo momento; il contratto ne prevede ${contractedKw(site)} kW. Negativa: si sta ` +
      'immettendo in rete. Vicino al limite spegnere i carichi rimandabili (ricariche, climatizzazione), altrimenti il ' +
      'contatore stacca.',
    en:
      `Power at the supply at this moment; the contract allows ${contractedKw(site)} kW. Negative: power is given to ` +
      'the grid. Near the limit switch off what can wait (charging, cooling), else the meter trips.',
  },
  noValue: feedSilent,
  targets: [{ query: power.powerNow('feed'), name: { it: 'Prelievo', en: 'From grid' } }],
  thresholds: contractTarget(site),
  minInterval: '1m',
  recent: now,
  decimals: 1,
});

export const contractShareNow = (site: Site): StatPanel => ({
  kind: 'stat',
  key: 'contract-share-now',
  title: { it: 'Quota della potenza contrattuale', en: 'Share of contracted power' },
  description: {
    it:
      `Potenza prelevata adesso sui ${contractedKw(site)} kW del contratto. Spesso oltre l’80 %: chiedere un aumento ` +
      'di potenza o spostare i carichi. Mai oltre il 50 % in un anno: ridurre la potenza impegnata fa risparmiare.',
    en:
      `Power from the grid now, of the ${contractedKw(site)} kW of the contract. Often above 80 %: ask for more or move ` +
      'loads to other hours. Never above 50 % in a year: a smaller contract saves money.',
  },
  noValue: feedSilent,
  targets: [{ query: power.shareOfContract(contractedKw(site) * 1_000), name: { it: 'Quota', en: 'Share' } }],
  thresholds: above(80, 100),
  minInterval: '1m',
  recent: now,
  decimals: 0,
});

const noProduction = {
  it: 'Nessun impianto di produzione ha risposto',
  en: 'No generator has reported',
};

export const productionNow: StatPanel = {
  kind: 'stat',
  key: 'production-now',
  title: { it: 'Produzione fotovoltaica adesso', en: 'Solar production now' },
  description: {
    it:
      'Potenza prodotta in questo momento. Zero di giorno con il sole: inverter spento o in errore, chiamare la ' +
      'manutenzione. La notte è normale.',
    en:
      'Power produced at this moment. Zero by day in the sun: the inverter is off or in error, call maintenance. At ' +
      'night it is normal.',
  },
  noValue: noProduction,
  targets: [{ query: power.productionNow(), name: { it: 'Produzione', en: 'Production' } }],
  thresholds: informative,
  minInterval: '1m',
  recent: now,
  decimals: 1,
};

export const powerFactorNow: StatPanel = {
  kind: 'stat',
  key: 'power-factor-now',
  title: { it: 'Fattore di potenza', en: 'Power factor' },
  description: {
    it:
      'Potenza attiva su apparente di tutte le linee insieme, ultimi 10 minuti; la produzione non conta. Sotto 0,90 in ' +
      'modo stabile far verificare il rifasamento: i cavi portano corrente inutile e, con potenza impegnata oltre ' +
      '16,5 kW, il distributore addebita l’energia reattiva.',
    en:
      'Active over apparent power of all circuits together, last 10 minutes; production does not count. If it stays ' +
      'below 0.90 have the correction checked: cables carry useless current and, with a contract above 16.5 kW, the ' +
      'distributor charges reactive energy.',
  },
  noValue: {
    it: 'Nessuna linea ha risposto negli ultimi 10 minuti',
    en: 'No circuit has reported in the last 10 minutes',
  },
  targets: [{ query: power.powerFactor(), name: { it: 'Fattore di potenza', en: 'Power factor' } }],
  thresholds: below(0.95, 0.9),
  minInterval: '1m',
  recent: now,
  decimals: 2,
  min: 0,
  max: 1,
};

export const powerTrend = (site: Site): SeriesPanel => ({
  kind: 'timeseries',
  key: 'power-trend',
  title: { it: 'Prelievo e produzione', en: 'Grid power and production' },
  description: {
    it:
      `Potenza alla fornitura e produzione fotovoltaica; la linea rossa è la potenza contrattuale (${contractedKw(site)} kW). ` +
      'Sotto zero si immette in rete. Se le punte tornano alla stessa ora, spostare i carichi nelle ore di sole.',
    en:
      `Power at the supply and solar production; the red line is the contracted power (${contractedKw(site)} kW). Below ` +
      'zero power goes to the grid. If peaks return at the same hour, move loads to sunny hours.',
  },
  noValue: feedSilent,
  targets: [
    { query: power.powerByMeter('feed'), name: same('[[tag_device]]') },
    { query: power.productionByMeter(), name: same('[[tag_device]]') },
  ],
  thresholds: contractTarget(site),
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 1,
});
