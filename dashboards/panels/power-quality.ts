import type { Site } from '../../model/site.ts';
import * as power from '../queries/power.ts';
import { same, type Text } from '../text.ts';
import type { SeriesPanel } from './panel.ts';
import { contractedAmperes } from './power-now.ts';
import { above, below, informative, within } from './threshold.ts';

const nothing = {
  it: 'Il contatore di fornitura non ha dati nel periodo scelto',
  en: 'The supply meter has no data in the chosen range',
};
const eachPhase: Text = { it: 'Fase [[tag_phase]]', en: 'Phase [[tag_phase]]' };

export const meterPower: SeriesPanel = {
  kind: 'timeseries',
  key: 'meter-power',
  title: { it: 'Potenza dei contatori scelti', en: 'Power of the chosen meters' },
  description: {
    it:
      'Potenza di ogni contatore scelto in alto; negativa quando produce. Scegliere due linee simili per vedere quale ' +
      'resta accesa quando non serve.',
    en:
      'Power of each meter chosen above; negative while it produces. Choose two similar circuits to see which one stays ' +
      'on without need.',
  },
  detail: 'meter',
  noValue: {
    it: 'Nessun dato dai contatori scelti nel periodo',
    en: 'No data from the chosen meters in this range',
  },
  targets: [{ query: power.powerByMeter('meter'), name: same('[[tag_device]]') }],
  thresholds: informative,
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'min', 'max'],
  decimals: 1,
};

export const voltage: SeriesPanel = {
  kind: 'timeseries',
  key: 'voltage',
  title: { it: 'Tensione per fase', en: 'Voltage by phase' },
  description: {
    it:
      'Tensione di ogni fase verso il neutro. Deve stare fra 207 e 253 V (CEI EN 50160, ±10 %): fuori da lì gli ' +
      'apparecchi si guastano e va fatta segnalazione al distributore.',
    en:
      'Voltage of each phase to neutral. It must stay between 207 and 253 V (EN 50160, ±10 %): outside it devices break ' +
      'and the distributor must be told.',
  },
  noValue: nothing,
  targets: [{ query: power.byPhase('voltage_v'), name: eachPhase }],
  thresholds: within(207, 253),
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'min', 'max'],
  decimals: 0,
};

export const current = (site: Site): SeriesPanel => {
  const amperes = Math.round(contractedAmperes(site));
  return {
    kind: 'timeseries',
    key: 'current',
    title: { it: 'Corrente per fase', en: 'Current by phase' },
    description: {
      it:
        `Corrente di ogni fase; il contratto ne lascia circa ${amperes} A a ciascuna. Una fase vicina al limite fa ` +
        'scattare l’interruttore anche se le altre sono scariche: spostarne una linea su un’altra fase.',
      en:
        `Current of each phase; the contract leaves about ${amperes} A to each. One phase near its limit trips the ` +
        'breaker even though the others are idle: move one of its circuits to another phase.',
    },
    noValue: nothing,
    targets: [{ query: power.byPhase('current_a'), name: eachPhase }],
    thresholds: above(Math.round(amperes * 0.8), amperes),
    minInterval: '2m',
    legend: ['lastNotNull', 'mean', 'max'],
    decimals: 1,
  };
};

export const imbalance = (site: Site): SeriesPanel => {
  const amperes = Math.round(contractedAmperes(site));
  return {
    kind: 'timeseries',
    key: 'imbalance',
    title: { it: 'Squilibrio fra le fasi', en: 'Phase imbalance' },
    description: {
      it:
        'Di quanti ampere la fase più carica supera la media delle tre. Se resta oltre un terzo di quanto il contratto ' +
        'lascia a una fase, far ridistribuire le linee dall’elettricista: si libera potenza senza pagarla.',
      en:
        'By how many amperes the most loaded phase is above the mean of the three. If it stays above a third of what ' +
        'the contract leaves to a phase, have an electrician spread the circuits: that frees power for nothing.',
    },
    noValue: nothing,
    targets: [{ query: power.phaseImbalance(), name: { it: 'Squilibrio', en: 'Imbalance' } }],
    thresholds: above(Math.round(amperes / 5), Math.round(amperes / 3)),
    minInterval: '5m',
    legend: ['lastNotNull', 'mean', 'max'],
    decimals: 1,
    min: 0,
  };
};

export const powerFactorTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'power-factor-trend',
  title: { it: 'Fattore di potenza nel tempo', en: 'Power factor over time' },
  description: {
    it:
      'Fattore di potenza di tutte le linee insieme; la produzione non conta. Sotto 0,90 proprio nelle ore di maggior ' +
      'consumo far verificare il rifasamento; di notte, con pochi apparati accesi, è basso senza danno.',
    en:
      'Power factor of all circuits together; production does not count. Below 0.90 in the hours of highest use have ' +
      'the correction checked; at night, with few devices on, it is low without harm.',
  },
  noValue: {
    it: 'Nessun dato dalle linee nel periodo scelto',
    en: 'No data from the circuits in the chosen range',
  },
  targets: [{ query: power.powerFactorTrend(), name: { it: 'Fattore di potenza', en: 'Power factor' } }],
  thresholds: below(0.95, 0.9),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'min'],
  decimals: 2,
  min: 0,
  max: 1,
};

export const frequency: SeriesPanel = {
  kind: 'timeseries',
  key: 'frequency',
  title: { it: 'Frequenza di rete', en: 'Mains frequency' },
  description: {
    it:
      'Frequenza della rete elettrica: deve stare fra 49,5 e 50,5 Hz (CEI EN 50160). Fuori da lì, se dura, si è ' +
      'alimentati da un gruppo o in un disservizio: avvisare il distributore.',
    en:
      'Frequency of the mains: it must stay between 49.5 and 50.5 Hz (EN 50160). Outside it for long means a generator ' +
      'set or an incident: tell the distributor.',
  },
  noValue: nothing,
  targets: [{ query: power.ofSupply('frequency_hz'), name: { it: 'Frequenza', en: 'Frequency' } }],
  thresholds: within(49.5, 50.5),
  minInterval: '5m',
  legend: ['lastNotNull', 'min', 'max'],
  decimals: 2,
};
