import * as power from '../queries/power.ts';
import { same, type Text } from '../text.ts';
import type { SeriesPanel } from './panel.ts';
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

export const current: SeriesPanel = {
  kind: 'timeseries',
  key: 'current',
  title: { it: 'Corrente per fase', en: 'Current by phase' },
  description: {
    it:
      'Corrente di ogni fase. Se una sta sempre molto sopra le altre, spostare una linea su un’altra fase: si evitano ' +
      'scatti dell’interruttore con potenza ancora disponibile.',
    en:
      'Current of each phase. If one stays far above the others move a circuit to another phase: it avoids trips while ' +
      'there is still power to spare.',
  },
  noValue: nothing,
  targets: [{ query: power.byPhase('current_a'), name: eachPhase }],
  thresholds: informative,
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 1,
};

export const imbalance: SeriesPanel = {
  kind: 'timeseries',
  key: 'imbalance',
  title: { it: 'Squilibrio fra le fasi', en: 'Phase imbalance' },
  description: {
    it:
      'Di quanto la fase più carica supera la media delle tre. Oltre il 50 % per molte ore al giorno far ridistribuire ' +
      'le linee dall’elettricista; con pochi ampere in tutto non conta.',
    en:
      'How far the most loaded phase is above the mean of the three. Above 50 % for many hours a day have an electrician ' +
      'spread the circuits; with few amperes in all it does not matter.',
  },
  noValue: nothing,
  targets: [{ query: power.phaseImbalance(), name: { it: 'Squilibrio', en: 'Imbalance' } }],
  thresholds: above(30, 50),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const powerFactorTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'power-factor-trend',
  title: { it: 'Fattore di potenza nel tempo', en: 'Power factor over time' },
  description: {
    it:
      'Fattore di potenza alla fornitura; negativo mentre si immette in rete. Sotto 0,90 nelle ore di maggior prelievo ' +
      'far verificare il rifasamento.',
    en:
      'Power factor at the supply; negative while power goes to the grid. Below 0.90 in the hours of highest draw have ' +
      'the correction checked.',
  },
  noValue: nothing,
  targets: [
    { query: power.ofSupply('power_factor'), name: { it: 'Fattore di potenza', en: 'Power factor' } },
  ],
  thresholds: below(0.95, 0.9),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'min'],
  decimals: 2,
  min: -1,
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
