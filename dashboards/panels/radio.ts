import * as accessPoint from '../queries/access-point.ts';
import { same } from '../text.ts';
import { channelTarget, radioClientsTarget } from './access-point-now.ts';
import type { SeriesPanel } from './panel.ts';
import { above, below } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dalle radio scelte nel periodo',
  en: 'No data from the chosen radios in this range',
};
const eachRadio = same('[[tag_device]] · [[tag_band]] GHz');

export const channelUse: SeriesPanel = {
  kind: 'timeseries',
  key: 'channel-use',
  title: { it: 'Carico dei canali, per radio', en: 'Channel utilisation, by radio' },
  description: {
    it:
      'Quota di tempo in cui il canale di ogni radio è occupato, da chiunque. Dal 70 % la rete è lenta anche con buon ' +
      'segnale: se gli utenti sono pochi disturbano altre reti (cambiare canale), se sono molti serve un’altra radio.',
    en:
      'Share of time in which each radio’s channel is busy, by whomever. From 70 % on the network is slow even with a ' +
      'good signal: with few clients other networks disturb (change the channel), with many another radio is needed.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.radioMean('utilization_pct'), name: eachRadio }],
  thresholds: channelTarget,
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
  max: 100,
};

export const radioClients: SeriesPanel = {
  kind: 'timeseries',
  key: 'radio-clients',
  title: { it: 'Utenti per radio', en: 'Clients by radio' },
  description: {
    it:
      'Utenti su ogni radio. Da 30 in su nessuno è servito bene. Molti sui 2,4 GHz e pochi sui 5 GHz: attivare la ' +
      'preferenza di banda (band steering).',
    en:
      'Clients of each radio. From 30 on none of them is served well. Many on 2.4 GHz and few on 5 GHz: switch band ' +
      'steering on.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.radioPeak('clients'), name: eachRadio }],
  thresholds: radioClientsTarget,
  minInterval: '2m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const timeToConnect: SeriesPanel = {
  kind: 'timeseries',
  key: 'time-to-connect',
  title: { it: 'Tempo per collegarsi', en: 'Time to connect' },
  description: {
    it:
      'Tempo medio dall’associazione a una connessione utilizzabile. Da 2 s le persone riprovano e peggiorano il ' +
      'carico: guardare prima RADIUS e DHCP, poi il segnale.',
    en:
      'Mean time from association to a usable connection. From 2 s on people try again and add to the load: look at ' +
      'RADIUS and DHCP first, then at the signal.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.radioMean('time_to_connect_ms'), name: eachRadio }],
  thresholds: above(1_000, 2_000),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const signal: SeriesPanel = {
  kind: 'timeseries',
  key: 'signal',
  title: { it: 'Segnale degli utenti', en: 'Signal of the clients' },
  description: {
    it:
      'Segnale medio degli utenti di ogni radio. Sotto −72 dBm la copertura non regge le videochiamate: avvicinare ' +
      'l’access point ai tavoli o aggiungerne uno.',
    en:
      'Mean signal of each radio’s clients. Below −72 dBm coverage does not carry video calls: bring the access point ' +
      'nearer to the tables or add one.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.radioMean('signal_dbm'), name: eachRadio }],
  thresholds: below(-65, -72),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'min'],
  decimals: 0,
};

export const noiseFloor: SeriesPanel = {
  kind: 'timeseries',
  key: 'noise-floor',
  title: { it: 'Rumore radio', en: 'Noise floor' },
  description: {
    it:
      'Rumore di fondo di ogni radio. Sopra −80 dBm c’è una fonte che non è Wi-Fi (telecamere, ponti radio, forni): ' +
      'cercarla con un analizzatore di spettro nelle ore in cui sale.',
    en:
      'Noise floor of each radio. Above −80 dBm there is a source that is no Wi-Fi (cameras, radio links, ovens): look ' +
      'for it with a spectrum analyser at the hours in which it rises.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.radioMean('noise_dbm'), name: eachRadio }],
  thresholds: above(-85, -80),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
};

export const retries: SeriesPanel = {
  kind: 'timeseries',
  key: 'retries',
  title: { it: 'Ritrasmissioni', en: 'Retries' },
  description: {
    it:
      'Quota di trame rispedite. Dal 20 % un quinto della banda va perso: se anche il rumore sale c’è un disturbo, se ' +
      'il segnale è basso manca copertura.',
    en:
      'Share of frames sent again. From 20 % on a fifth of the capacity is lost: if the noise rises too there is ' +
      'interference, if the signal is low coverage is missing.',
  },
  detail: 'access-point',
  noValue: nothing,
  targets: [{ query: accessPoint.radioMean('retries_pct'), name: eachRadio }],
  thresholds: above(10, 20),
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};
