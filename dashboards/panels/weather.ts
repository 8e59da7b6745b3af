import * as weather from '../queries/weather.ts';
import type { SeriesPanel } from './panel.ts';
import { above, informative } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dalla stazione meteo nel periodo scelto',
  en: 'No data from the weather mast in the chosen range',
};

export const weatherOverTime: SeriesPanel = {
  kind: 'timeseries',
  key: 'weather',
  title: { it: 'Temperatura, vento e pioggia', en: 'Temperature, wind and rain' },
  description: {
    it:
      'Il tempo alla stazione della via, da confrontare con l’occupazione: un pomeriggio vuoto con 35 °C o pioggia ' +
      'non è un problema di posti ma di ombra e copertura. Oltre 10 m/s chiudere gli ombrelloni.',
    en:
      'The weather at the mast of the street, to compare with the seats: an empty afternoon at 35 °C or in the rain ' +
      'is no matter of seats but of shade and cover. Above 10 m/s close the parasols.',
  },
  noValue: nothing,
  targets: [
    { query: weather.weatherMean('temperature_c'), name: { it: 'Temperatura', en: 'Temperature' } },
    { query: weather.weatherPeak('wind_m_s'), name: { it: 'Vento', en: 'Wind' } },
    { query: weather.weatherPeak('rain_mm_h'), name: { it: 'Pioggia', en: 'Rain' } },
  ],
  thresholds: informative,
  minInterval: '10m',
  legend: ['lastNotNull', 'min', 'max'],
  decimals: 1,
};

export const noise: SeriesPanel = {
  kind: 'timeseries',
  key: 'noise',
  title: { it: 'Rumore', en: 'Noise' },
  description: {
    it:
      'Livello sonoro alla stazione. Oltre 65 dB(A) si fatica a lavorare e a telefonare; se succede sempre alla ' +
      'stessa ora, cercarne la causa (mezzi di pulizia, cantieri, musica) e spostarla di orario.',
    en:
      'Sound level at the mast. Above 65 dB(A) it is hard to work or to telephone; if it happens at the same hour ' +
      'every day, look for the cause (cleaning, works, music) and move it to another hour.',
  },
  noValue: nothing,
  targets: [{ query: weather.weatherMean('noise_dba'), name: { it: 'Rumore', en: 'Noise' } }],
  thresholds: above(55, 65),
  minInterval: '10m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
};

export const fineDust: SeriesPanel = {
  kind: 'timeseries',
  key: 'fine-dust',
  title: { it: 'Polveri sottili PM2,5', en: 'Fine dust PM2.5' },
  description: {
    it:
      'Polveri sottili alla stazione; il sensore è indicativo, non certificato. Sopra 25 µg/m³ per molte ore avvisare ' +
      'le persone sensibili e guardare i dati della rete regionale (ARPA Marche).',
    en:
      'Fine dust at the mast; the sensor is indicative, not certified. Above 25 µg/m³ for many hours warn sensitive ' +
      'people and look at the regional network’s data (ARPA Marche).',
  },
  noValue: nothing,
  targets: [{ query: weather.weatherMean('pm25_ug_m3'), name: { it: 'PM2,5', en: 'PM2.5' } }],
  thresholds: above(15, 25),
  minInterval: '10m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};

export const light: SeriesPanel = {
  kind: 'timeseries',
  key: 'light',
  title: { it: 'Luce', en: 'Light' },
  description: {
    it:
      'Illuminamento alla stazione. Oltre 20 000 lx gli schermi non si leggono: serve ombra. ' +
      'Sotto 300 lx in orario di apertura accendere l’illuminazione.',
    en:
      'Illuminance at the mast. Above 20,000 lx screens cannot be read: shade is needed. ' +
      'Below 300 lx in opening hours switch the lights on.',
  },
  noValue: nothing,
  targets: [
    { query: weather.weatherMean('illuminance_lx'), name: { it: 'Illuminamento', en: 'Illuminance' } },
  ],
  thresholds: above(10_000, 20_000),
  minInterval: '10m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
};
