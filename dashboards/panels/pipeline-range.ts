import * as pipeline from '../queries/pipeline.ts';
import type { SeriesPanel } from './panel.ts';
import { eachIngest, lagTarget, spoolTarget } from './pipeline-now.ts';
import { above, informative } from './threshold.ts';

const nothing = {
  it: 'Aperto non ha scritto niente di sé nel periodo scelto',
  en: 'Aperto has written nothing of itself in the chosen range',
};

export const lagTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'pipeline-lag',
  title: { it: 'Ritardo nel tempo', en: 'Lag over time' },
  description: {
    it:
      'Il ritardo più lungo di ogni intervallo. Un dente che sale dritto: il database era fermo. Una salita lenta: i ' +
      'messaggi sono più di quanti il database ne scriva. Un vuoto: Aperto era spento, o non scriveva.',
    en:
      'The longest lag of each window. A tooth that rises straight: the store stood still. A slow rise: more messages ' +
      'come than the store writes. A gap: Aperto was off, or could not write.',
  },
  noValue: nothing,
  targets: [{ query: pipeline.levelPeak('lag_s'), name: eachIngest }],
  thresholds: lagTarget,
  minInterval: '2m',
  legend: ['lastNotNull', 'max'],
  decimals: 0,
  min: 0,
};

export const spoolTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'pipeline-spool',
  title: { it: 'Coda su disco nel tempo', en: 'Spool over time' },
  description: {
    it:
      'Quota dello spazio della coda. La pendenza dice quanto manca al pieno: chi la vede salire ha ancora quel tempo ' +
      'per ripristinare il database.',
    en:
      'Share of the spool’s room. Its slope says when it will be full: who sees it rise has that much time to bring the ' +
      'store back.',
  },
  noValue: nothing,
  targets: [{ query: pipeline.levelPeak('spool_pct'), name: eachIngest }],
  thresholds: spoolTarget,
  minInterval: '2m',
  legend: ['lastNotNull', 'max'],
  decimals: 1,
  min: 0,
};

export const messagesTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'pipeline-messages',
  title: { it: 'Che fine fanno i messaggi', en: 'What becomes of the messages' },
  description: {
    it:
      'Messaggi di ogni intervallo, per esito. Se «ricevuti» cala, i dispositivi o la rete tacciono; se «nel database» ' +
      'resta indietro, guardare il ritardo; se «ripetuti» cresce, un dispositivo non riceve le conferme.',
    en:
      'Messages of each window, by outcome. If “received” falls, devices or the network are silent; if “stored” stays ' +
      'behind, look at the lag; if “repeats” grow, a device does not get its acknowledgements.',
  },
  noValue: nothing,
  targets: [
    { query: pipeline.messages('received'), name: { it: 'Ricevuti', en: 'Received' } },
    { query: pipeline.messages('stored'), name: { it: 'Nel database', en: 'Stored' } },
    { query: pipeline.messages('duplicate'), name: { it: 'Ripetuti', en: 'Repeats' } },
  ],
  thresholds: informative,
  minInterval: '5m',
  legend: ['sum', 'max'],
  decimals: 0,
  min: 0,
};

export const lossesTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'pipeline-quarantine',
  title: { it: 'Quarantena e rifiuti', en: 'Quarantine and refusals' },
  description: {
    it:
      'Messaggi che non sono diventati dati. In quarantena: formato o dispositivo ignoto, leggere «aperto quarantine ' +
      'list». Rifiutati: coda piena o limiti superati, il dispositivo li rimanda.',
    en:
      'Messages that did not become data. Quarantine: unknown format or device, read “aperto quarantine list”. Refused: ' +
      'spool full or limits exceeded, the device sends again.',
  },
  noValue: nothing,
  targets: [
    { query: pipeline.messages('quarantined'), name: { it: 'Quarantena', en: 'Quarantine' } },
    { query: pipeline.messages('refused'), name: { it: 'Rifiutati', en: 'Refused' } },
  ],
  thresholds: informative,
  minInterval: '5m',
  draw: 'bars',
  stacked: true,
  legend: ['sum', 'max'],
  decimals: 0,
  min: 0,
};

export const acceptTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'pipeline-accept',
  title: { it: 'Tempo fino alla conferma', en: 'Time until acknowledged' },
  description: {
    it:
      'Dalla porta a quando il messaggio è al sicuro su disco, il più lungo di ogni minuto. Oltre il secondo il disco ' +
      'è lento o pieno: verificarlo prima che i dispositivi scadano e rimandino.',
    en:
      'From the door until the message is safe on disk, the longest of each minute. Above a second the disk is slow or ' +
      'full: look at it before devices give up and send again.',
  },
  noValue: nothing,
  targets: [{ query: pipeline.levelPeak('accept_max_ms'), name: eachIngest }],
  thresholds: above(250, 1_000),
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const writeTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'pipeline-write',
  title: { it: 'Tempo di una scrittura nel database', en: 'Time of one write to the store' },
  description: {
    it:
      'Media di ogni intervallo. Se cresce con i messaggi fermi, il database è in affanno: verificarne memoria, disco e ' +
      'compattazioni.',
    en:
      'Mean of each window. If it grows while the messages do not, the database is in trouble: look at its memory, disk ' +
      'and compactions.',
  },
  noValue: nothing,
  targets: [{ query: pipeline.levelMean('write_ms'), name: eachIngest }],
  thresholds: above(500, 2_000),
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};
