import * as occupancy from '../queries/occupancy.ts';
import { same } from '../text.ts';
import { seatTarget } from './occupancy-now.ts';
import type { SeriesPanel, StatesPanel, StatPanel } from './panel.ts';

const nothing = {
  it: 'Nessun dato dai posti nel periodo scelto',
  en: 'No data from the seats in the chosen range',
};

export const occupancyTrend: SeriesPanel = {
  kind: 'timeseries',
  key: 'occupancy-trend',
  title: { it: 'Occupazione nel tempo, per zona', en: 'Seats taken over time, by zone' },
  description: {
    it:
      'Quota di posti occupati in ogni zona. Guardare a che ora e in quale zona la linea supera l’85 %: lì servono ' +
      'posti o turni. Un’interruzione della linea significa che i sensori tacevano, non che la zona era vuota.',
    en:
      'Share of seats taken in each zone. Look when and where the line goes above 85 %: that zone needs seats or ' +
      'shifts. A break in the line means that the sensors were silent, not that the zone was empty.',
  },
  noValue: nothing,
  targets: [{ query: occupancy.occupancyByZone(), name: same('[[tag_zone]]') }],
  thresholds: seatTarget,
  minInterval: '5m',
  legend: ['lastNotNull', 'mean', 'max'],
  decimals: 0,
  min: 0,
  max: 100,
};

export const meanOccupancy: StatPanel = {
  kind: 'stat',
  key: 'mean-occupancy',
  title: { it: 'Occupazione media', en: 'Mean occupancy' },
  description: {
    it:
      'Quota media di posti occupati nel periodo scelto, notti e giorni di chiusura compresi. Per un confronto ' +
      'corretto scegliere le sole ore di apertura. Sotto il 20 % in orario di apertura la zona va ripensata.',
    en:
      'Mean share of seats taken in the chosen range, nights and closing days included. For a fair comparison choose ' +
      'opening hours only. Below 20 % in opening hours the zone wants a new purpose.',
  },
  noValue: nothing,
  targets: [{ query: occupancy.meanOccupancy(), name: { it: 'Media', en: 'Mean' } }],
  thresholds: seatTarget,
  minInterval: '5m',
  decimals: 0,
  min: 0,
  max: 100,
};

export const peakOccupancy: StatPanel = {
  kind: 'stat',
  key: 'peak-occupancy',
  title: { it: 'Punta di occupazione', en: 'Peak occupancy' },
  description: {
    it:
      'Il quarto d’ora più affollato del periodo scelto. Sopra l’85 % in quel momento mancavano posti: cercare ' +
      'l’ora nel grafico dell’occupazione e confrontarla con gli eventi in calendario.',
    en:
      'The busiest quarter of an hour of the chosen range. Above 85 % there were too few seats at that time: find ' +
      'the hour in the occupancy chart and compare it with the events in the calendar.',
  },
  noValue: nothing,
  targets: [{ query: occupancy.peakOccupancy(), name: { it: 'Punta', en: 'Peak' } }],
  thresholds: seatTarget,
  minInterval: '15m',
  decimals: 0,
  min: 0,
  max: 100,
};

export const zoneStates: StatesPanel = {
  kind: 'state-timeline',
  key: 'zone-states',
  title: { it: 'Quando ogni zona è affollata', en: 'When each zone is crowded' },
  description: {
    it:
      'Verde: c’è posto. Arancione: dal 60 %, zona in pieno uso. Rosso: dall’85 %, posti insufficienti. Vuoto: ' +
      'sensori muti. Una zona rossa ogni giorno alla stessa ora ha bisogno di posti o di turni.',
    en:
      'Green: there is room. Orange: from 60 %, in full use. Red: from 85 %, too few seats. Empty: silent sensors. ' +
      'A zone that is red every day at the same hour needs seats or shifts.',
  },
  noValue: nothing,
  targets: [{ query: occupancy.occupancyByZone(), name: same('[[tag_zone]]') }],
  thresholds: seatTarget,
  minInterval: '15m',
  decimals: 0,
  min: 0,
  max: 100,
};
