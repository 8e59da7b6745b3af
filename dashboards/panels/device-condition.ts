import * as health from '../queries/device-health.ts';
import { sumNow } from '../queries/pipeline.ts';
import { same } from '../text.ts';
import { silenceTarget } from './device-health.ts';
import type { BarGaugePanel, SeriesPanel, StatPanel } from './panel.ts';
import { above, below, informative } from './threshold.ts';

const now = '10m';
const unheard = {
  it: 'Il gateway non ha registrato alcun dispositivo nel periodo',
  en: 'The gateway has recorded no device in this range',
};
const eachDevice = same('[[tag_device]]');

export const devicesKnown: StatPanel = {
  kind: 'stat',
  key: 'devices-known',
  title: { it: 'Dispositivi noti al gateway', en: 'Devices that the gateway knows' },
  description: {
    it:
      'Dispositivi sentiti almeno una volta e tenuti d’occhio adesso. Se il numero cala dopo un riavvio, qualcuno non ' +
      'ha più parlato: confrontarlo con «aperto devices list», che mostra anche quelli sconosciuti.',
    en:
      'Devices that were heard at least once and are watched now. If it falls after a restart, somebody has not spoken ' +
      'since: compare it with “aperto devices list”, which shows unknown ones too.',
  },
  noValue: unheard,
  targets: [{ query: health.devicesKnown(), name: { it: 'Noti', en: 'Known' } }],
  thresholds: informative,
  minInterval: '1m',
  recent: now,
  min: 0,
};

export const unknownDevices: StatPanel = {
  kind: 'stat',
  key: 'unknown-devices',
  title: { it: 'Dispositivi sconosciuti', en: 'Unknown devices' },
  description: {
    it:
      'Dispositivi che parlano e non hanno un posto nel file della sede: i loro dati vanno in quarantena. «aperto devices ' +
      'list» ne mostra l’identità e la riga da aggiungere; se nessuno li conosce, cambiare le credenziali.',
    en:
      'Devices that speak and have no place in the site file: their data goes to quarantine. “aperto devices list” shows ' +
      'their identity and the line to add; if nobody knows them, change the credentials.',
  },
  noValue: {
    it: 'Aperto non ha scritto niente di sé negli ultimi 10 minuti',
    en: 'Aperto has written nothing of itself in the last 10 minutes',
  },
  targets: [{ query: sumNow('strangers'), name: { it: 'Sconosciuti', en: 'Unknown' } }],
  thresholds: above(1, 10),
  minInterval: '2m',
  recent: now,
  decimals: 0,
  min: 0,
};

export const longestSilence: StatPanel = {
  kind: 'stat',
  key: 'longest-silence',
  title: { it: 'Silenzio più lungo', en: 'Longest silence' },
  description: {
    it:
      'Da quanto tempo tace il dispositivo muto da più tempo. Oltre 10 minuti il suo stato non è più noto: cercarlo in ' +
      'testa alla tabella e verificarne alimentazione, batteria e radio.',
    en:
      'For how long the device that is silent for longest has said nothing. Above 10 minutes its state is no longer ' +
      'known: find it at the head of the table and check its power, battery and radio.',
  },
  noValue: unheard,
  targets: [{ query: health.longestSilence(), name: { it: 'Silenzio', en: 'Silence' } }],
  thresholds: silenceTarget,
  minInterval: '1m',
  recent: now,
  decimals: 0,
  min: 0,
};

export const clocksDistrusted: StatPanel = {
  kind: 'stat',
  key: 'clocks-distrusted',
  title: { it: 'Orologi non creduti', en: 'Clocks not believed' },
  description: {
    it:
      'Dispositivi il cui orologio è troppo lontano dal nostro: i loro dati portano l’ora di arrivo. Anche uno solo va ' +
      'corretto: impostare NTP sul dispositivo o sul suo gateway.',
    en:
      'Devices whose clock is too far from ours: their data bears the time at which it came. Even one wants mending: ' +
      'set NTP on the device or on its gateway.',
  },
  noValue: { it: 'Nessun dispositivo dice la propria ora', en: 'No device tells its own time' },
  targets: [{ query: health.clocksDistrusted(), name: { it: 'Non creduti', en: 'Not believed' } }],
  thresholds: above(1, 1),
  minInterval: '1m',
  recent: now,
  min: 0,
};

export const silenceTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'silence-trend',
  title: { it: 'Silenzi nel tempo', en: 'Silences over time' },
  description: {
    it:
      'Da quanto taceva ogni dispositivo, il massimo di ogni intervallo. Denti tutti insieme: guasto di rete o del ' +
      'gateway. Un dente solo che torna ogni giorno alla stessa ora: alimentazione o radio di quel dispositivo.',
    en:
      'For how long each device had been silent, the highest of each window. Teeth all at once: a fault of the network ' +
      'or the gateway. A single one that comes back each day at one hour: power or radio of that device.',
  },
  noValue: unheard,
  targets: [{ query: health.healthPeak('last_seen_age_s'), name: eachDevice }],
  thresholds: silenceTarget,
  minInterval: '5m',
  legend: ['lastNotNull', 'max'],
  decimals: 0,
  min: 0,
};

export const clockSkew: SeriesPanel = {
  kind: 'timeseries',
  key: 'clock-skew',
  title: { it: 'Scarto degli orologi', en: 'Clock skew' },
  description: {
    it:
      'Ora di ogni dispositivo meno la nostra. Una linea che sale o scende è un orologio senza sincronizzazione: ' +
      'impostare NTP prima che lo scarto superi i 5 minuti.',
    en:
      'Time of each device minus ours. A line that rises or falls is a clock that nothing keeps right: set NTP before ' +
      'it is off by more than 5 minutes.',
  },
  noValue: { it: 'Nessun dispositivo dice la propria ora', en: 'No device tells its own time' },
  targets: [{ query: health.healthPeak('clock_skew_s'), name: eachDevice }],
  thresholds: above(60, 300),
  minInterval: '5m',
  legend: ['lastNotNull', 'min', 'max'],
  decimals: 1,
};

/** One bar a device, by its last word. */
const conditionBars = (
  field: Parameters<typeof health.healthOfEach>[0],
  own: Pick<BarGaugePanel, 'key' | 'title' | 'description' | 'noValue' | 'thresholds' | 'min' | 'max'>,
): BarGaugePanel => ({
  kind: 'bargauge',
  targets: [{ query: health.healthOfEach(field), name: eachDevice }],
  minInterval: '5m',
  decimals: 0,
  ...own,
});

export const battery = conditionBars('battery_pct', {
  key: 'battery',
  title: { it: 'Batteria', en: 'Battery' },
  description: {
    it:
      'Ultima carica detta da ogni dispositivo a batteria. Sotto il 30 % mettere in programma il cambio, sotto il 15 % ' +
      'farlo in settimana: col freddo gli ultimi punti durano pochi giorni.',
    en:
      'Last charge that each device on battery told. Below 30 % plan its change, below 15 % do it within the week: in ' +
      'the cold the last points last a few days.',
  },
  noValue: { it: 'Nessun dispositivo scelto dice la carica', en: 'No chosen device tells its charge' },
  thresholds: below(30, 15),
  min: 0,
  max: 100,
});

export const linkSignal = conditionBars('signal_dbm', {
  key: 'link-signal',
  title: { it: 'Segnale dei dispositivi', en: 'Signal of the devices' },
  description: {
    it:
      'Ultimo segnale del collegamento radio con ogni dispositivo. Sotto −115 dBm i messaggi si perdono con la pioggia: ' +
      'spostare l’antenna del gateway o avvicinarne uno.',
    en:
      'Last signal of the radio link to each device. Below −115 dBm messages are lost when it rains: move the ' +
      'gateway’s antenna, or a gateway, nearer.',
  },
  noValue: { it: 'Nessun dispositivo scelto dice il segnale', en: 'No chosen device tells its signal' },
  thresholds: below(-105, -115),
  min: -130,
  max: -30,
});

export const linkQuality = conditionBars('link_quality', {
  key: 'link-quality',
  title: { it: 'Qualità del collegamento Zigbee', en: 'Zigbee link quality' },
  description: {
    it:
      'Ultima qualità del collegamento, da 0 a 255. Sotto 50 il dispositivo cade spesso dalla rete: aggiungere una ' +
      'presa o un ripetitore Zigbee a metà strada.',
    en:
      'Last quality of the link, 0 to 255. Below 50 the device often drops out of the network: add a Zigbee socket or ' +
      'repeater half-way.',
  },
  noValue: { it: 'Nessun dispositivo Zigbee fra quelli scelti', en: 'No Zigbee device among those chosen' },
  thresholds: below(100, 50),
  min: 0,
  max: 255,
});
