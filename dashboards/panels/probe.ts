import * as probe from '../queries/probe.ts';
import { same } from '../text.ts';
import { latencyTarget, lossTarget } from './access-point-now.ts';
import type { HeatmapPanel, SeriesPanel } from './panel.ts';
import { above, informative } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dalle sonde delle zone scelte nel periodo',
  en: 'No data from the probes of the chosen zones in this range',
};
const eachProbe = same('[[tag_device]]');

export const latencyTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'latency-trend',
  title: { it: 'Latenza per sonda', en: 'Latency by probe' },
  description: {
    it:
      'Tempo di risposta da Internet visto da ogni sonda, una accanto a ogni access point. Tutte sopra 100 ms: linea ' +
      'satura o guasta. Una sola: radio o collegamento di quell’access point.',
    en:
      'Answer time of the internet as each probe sees it, one beside each access point. All above 100 ms: the line is ' +
      'full or faulty. Only one: the radio or uplink of that access point.',
  },
  noValue: nothing,
  targets: [{ query: probe.probeMean('latency_ms'), name: eachProbe }],
  thresholds: latencyTarget,
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const lossTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'loss-trend',
  title: { it: 'Pacchetti persi per sonda', en: 'Packet loss by probe' },
  description: {
    it:
      'Quota peggiore di prove senza risposta per ogni sonda. Dal 3 % chiamate e sessioni cadono: annotare l’ora e ' +
      'allegarla alla segnalazione al fornitore.',
    en:
      'Worst share of probes without an answer, by probe. From 3 % on calls and sessions drop: note the time and put ' +
      'it into the ticket for the provider.',
  },
  noValue: nothing,
  targets: [{ query: probe.probePeak('loss_pct'), name: eachProbe }],
  thresholds: lossTarget,
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 1,
  min: 0,
};

export const jitterTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'jitter-trend',
  title: { it: 'Variazione della latenza (jitter)', en: 'Jitter by probe' },
  description: {
    it:
      'Di quanto oscilla il tempo di risposta. Da 30 ms la voce arriva a scatti anche se la latenza media è buona: ' +
      'di solito è un canale radio saturo; confrontare con il carico dei canali.',
    en:
      'How much the answer time varies. From 30 ms on voice breaks up even though the mean latency is good: usually a ' +
      'full radio channel; compare with channel utilisation.',
  },
  noValue: nothing,
  targets: [{ query: probe.probeMean('jitter_ms'), name: eachProbe }],
  thresholds: above(15, 30),
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const latencySpread: HeatmapPanel = {
  kind: 'heatmap',
  key: 'latency-spread',
  title: { it: 'Distribuzione della latenza', en: 'Spread of latency' },
  description: {
    it:
      'Quante misure cadono in ogni fascia di latenza. Una striscia bassa e stretta è sana; se si allarga o si sdoppia ' +
      'verso l’alto in certe ore, in quelle ore la linea è satura.',
    en:
      'How many readings fall into each range of latency. A low, narrow stripe is healthy; where it widens or splits ' +
      'upwards at certain hours, the line is full at those hours.',
  },
  noValue: nothing,
  targets: [{ query: probe.latencies(), name: eachProbe }],
  thresholds: informative,
  minInterval: '10m',
  bucket: 5,
  min: 0,
};
