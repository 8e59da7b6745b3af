import type { Site } from '../../model/site.ts';
import * as power from '../queries/power.ts';
import { same } from '../text.ts';
import type { BarGaugePanel, SeriesPanel, StatPanel } from './panel.ts';
import { contractedKw, contractTarget, tariffOf } from './power-now.ts';
import { informative } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dai contatori nel periodo scelto',
  en: 'No data from the meters in the chosen range',
};

export const importInRange: StatPanel = {
  kind: 'stat',
  key: 'import-in-range',
  title: { it: 'Energia prelevata', en: 'Energy from the grid' },
  description: {
    it:
      'Energia presa dalla rete nel periodo scelto, dal contatore di fornitura. Confrontarla con lo stesso periodo ' +
      'della settimana prima: un aumento senza più presenze è un consumo da cercare linea per linea.',
    en:
      'Energy taken from the grid in the chosen range, by the supply meter. Compare it with the same range a week ' +
      'earlier: more energy without more people is a load to be looked for, circuit by circuit.',
  },
  noValue: nothing,
  targets: [
    {
      query: power.energyInRange('feed', 'energy_import_wh'),
      name: { it: 'Prelievo', en: 'From grid' },
    },
  ],
  thresholds: informative,
  minInterval: '5m',
  decimals: 1,
  min: 0,
};

export const exportInRange: StatPanel = {
  kind: 'stat',
  key: 'export-in-range',
  title: { it: 'Energia immessa', en: 'Energy to the grid' },
  description: {
    it:
      'Energia fotovoltaica ceduta alla rete nel periodo scelto. Vale meno di quella che si evita di comprare: se è ' +
      'molta, spostare ricariche e pulizie nelle ore di sole.',
    en:
      'Solar energy given to the grid in the chosen range. It earns less than bought energy costs: if it is much, move ' +
      'charging and cleaning to sunny hours.',
  },
  noValue: nothing,
  targets: [
    { query: power.energyInRange('feed', 'energy_export_wh'), name: { it: 'Immissione', en: 'To grid' } },
  ],
  thresholds: informative,
  minInterval: '5m',
  decimals: 1,
  min: 0,
};

export const costInRange = (site: Site): StatPanel => {
  const { f1 = 0, f2 = 0, f3 = 0 } = tariffOf(site)?.import_per_kwh ?? {};
  const low = Math.min(f1, f2, f3);
  const high = Math.max(f1, f2, f3);
  return {
    kind: 'stat',
    key: 'cost-in-range',
    title: { it: 'Spesa per l’energia', en: 'Cost of energy' },
    description: {
      it:
        `Energia prelevata × prezzo della fascia più bassa (${euro(low, 'it')} €/kWh) e più alta (${euro(high, 'it')} €/kWh) della ` +
        'tariffa in vigore: la spesa vera sta in mezzo. Quota fissa, imposte e ricavi dell’immissione esclusi. Per i ' +
        'rendiconti fa fede la bolletta, che divide i consumi in F1, F2 e F3.',
      en:
        `Energy taken × the price of the cheapest (${euro(low, 'en')} €/kWh) and the dearest band (${euro(high, 'en')} €/kWh) of the ` +
        'tariff in force: the true cost lies between. Fixed charge, taxes and export income are left out. For accounts ' +
        'the bill counts, which splits the energy into F1, F2 and F3.',
    },
    noValue: nothing,
    targets: [
      { query: power.costInRange(low), name: { it: 'almeno', en: 'at least' } },
      { query: power.costInRange(high), name: { it: 'al massimo', en: 'at most' } },
    ],
    thresholds: informative,
    minInterval: '5m',
    decimals: 2,
    min: 0,
  };
};

const euro = (price: number, language: string): string =>
  price.toLocaleString(language, { minimumFractionDigits: 3 });

export const peakPower = (site: Site): StatPanel => ({
  kind: 'stat',
  key: 'peak-power',
  title: { it: 'Punta nel quarto d’ora', en: '15-minute peak' },
  description: {
    it:
      `Quarto d’ora di maggior prelievo del periodo scelto, sui ${contractedKw(site)} kW del contratto. È il valore ` +
      'che il distributore misura: oltre la potenza contrattuale scattano penali o il distacco.',
    en:
      `Quarter of an hour with the highest draw of the chosen range, of the ${contractedKw(site)} kW of the contract. It ` +
      'is what the distributor measures: above the contract there are penalties or the meter trips.',
  },
  noValue: nothing,
  targets: [{ query: power.peakPower(), name: { it: 'Punta', en: 'Peak' } }],
  thresholds: contractTarget(site),
  minInterval: '15m',
  decimals: 1,
});

export const baseLoad: StatPanel = {
  kind: 'stat',
  key: 'base-load',
  title: { it: 'Carico di base', en: 'Base load' },
  description: {
    it:
      'Potenza sotto la quale le linee scendono solo per un ventesimo del periodo: ciò che resta acceso quando non c’è ' +
      'nessuno. 100 W in meno valgono circa 880 kWh l’anno: cercare apparati e luci che si possono spegnere di notte.',
    en:
      'Power that the circuits fall below in only one twentieth of the range: what stays on when nobody is there. 100 W ' +
      'less save about 880 kWh a year: look for devices and lights that can be off at night.',
  },
  noValue: nothing,
  targets: [{ query: power.baseLoad(), name: { it: 'Base', en: 'Base' } }],
  thresholds: informative,
  minInterval: '15m',
  decimals: 0,
};

export const energyTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'energy-trend',
  title: { it: 'Energia prelevata e immessa', en: 'Energy from and to the grid' },
  description: {
    it:
      'Una barra all’ora (di più su periodi lunghi), dai contatori. Prelievo alto a uffici chiusi: un carico ' +
      'dimenticato acceso. Immissione alta a mezzogiorno: spostare lì i consumi rimandabili.',
    en:
      'A bar an hour (longer on long ranges), from the meters. High draw while the office is closed: a load left on. ' +
      'High export at noon: move loads that can wait to that time.',
  },
  noValue: nothing,
  targets: [
    { query: power.energy('feed', 'energy_import_wh'), name: { it: 'Prelevata', en: 'From grid' } },
    { query: power.energy('feed', 'energy_export_wh'), name: { it: 'Immessa', en: 'To grid' } },
  ],
  thresholds: informative,
  minInterval: '1h',
  draw: 'bars',
  legend: ['sum', 'max'],
  decimals: 1,
  min: 0,
};

export const energyByCircuit: BarGaugePanel = {
  kind: 'bargauge',
  key: 'energy-by-circuit',
  title: { it: 'Energia per linea', en: 'Energy by circuit' },
  description: {
    it:
      'Energia consumata da ogni linea nel periodo scelto. Una linea che supera stabilmente le altre a parità di posti ' +
      'merita un sopralluogo.',
    en:
      'Energy that each circuit took in the chosen range. A circuit that stays above the others with as many seats is ' +
      'worth a visit.',
  },
  detail: 'meter',
  noValue: nothing,
  targets: [{ query: power.energyByMeter('circuit'), name: same('[[tag_device]]') }],
  thresholds: informative,
  minInterval: '5m',
  decimals: 1,
  min: 0,
};

export const energyOfMeters: BarGaugePanel = {
  ...energyByCircuit,
  key: 'energy-of-meters',
  title: { it: 'Energia per contatore', en: 'Energy by meter' },
  description: {
    it:
      'Energia presa da ogni contatore scelto nel periodo. Molta di notte o nei giorni di chiusura: cercare che cosa ' +
      'resta acceso su quella linea.',
    en:
      'Energy that each chosen meter took in the range. Much at night or on closing days: look for what stays on in ' +
      'that circuit.',
  },
  targets: [{ query: power.energyByMeter('meter'), name: same('[[tag_device]]') }],
};

export const circuitsTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'circuits-trend',
  title: { it: 'Potenza per linea', en: 'Power by circuit' },
  description: {
    it:
      'Potenza di ogni linea, una sull’altra: il bordo superiore è il consumo totale. Di notte deve restare solo la ' +
      'rete; il resto è da spegnere.',
    en:
      'Power of each circuit, one on top of the other: the upper edge is the whole consumption. At night only the ' +
      'network should remain; the rest is to be switched off.',
  },
  detail: 'meter',
  noValue: nothing,
  targets: [{ query: power.powerByMeter('circuit'), name: same('[[tag_device]]') }],
  thresholds: informative,
  minInterval: '2m',
  stacked: true,
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 1,
};
