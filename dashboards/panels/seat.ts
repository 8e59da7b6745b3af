import * as occupancy from '../queries/occupancy.ts';
import { same } from '../text.ts';
import { seatTarget } from './occupancy-now.ts';
import type { BarGaugePanel, StatesPanel } from './panel.ts';
import { informative } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dai posti scelti nel periodo',
  en: 'No data from the chosen seats in this range',
};

const taken = {
  '0': { text: { it: 'Libero', en: 'Free' }, color: 'green' },
  '1': { text: { it: 'Occupato', en: 'Taken' }, color: 'orange' },
} as const;

export const seatStates: StatesPanel = {
  kind: 'state-timeline',
  key: 'seat-states',
  title: { it: 'Ogni posto nel tempo', en: 'Each seat over time' },
  description: {
    it:
      'Una riga per posto: libero, occupato o, dove la riga è vuota, sensore muto. Un posto occupato giorno e notte ' +
      'o mai occupato di solito è un sensore da verificare sul posto.',
    en:
      'A line a seat: free, taken or, where the line is empty, silent. A seat that is taken day and night, or never, ' +
      'is usually a sensor to be checked on site.',
  },
  detail: 'seat',
  noValue: nothing,
  targets: [{ query: occupancy.seatStates(), name: same('[[tag_device]]') }],
  thresholds: informative,
  minInterval: '5m',
  valueNames: taken,
};

export const seatUse: BarGaugePanel = {
  kind: 'bargauge',
  key: 'seat-use',
  title: { it: 'Uso di ogni posto', en: 'Use of each seat' },
  description: {
    it:
      'Quota del periodo in cui ogni posto risulta occupato. I posti sempre in fondo si possono spostare (sole, ' +
      'rumore, presa lontana); quelli sempre pieni dicono dove aggiungerne.',
    en:
      'Share of the range in which each seat was taken. Seats that always come last can be moved (sun, noise, no ' +
      'socket near); those that are always full tell where to add some.',
  },
  detail: 'seat',
  noValue: nothing,
  targets: [{ query: occupancy.occupancyOfEachSeat(), name: same('[[tag_device]]') }],
  thresholds: seatTarget,
  minInterval: '5m',
  decimals: 0,
  min: 0,
  max: 100,
};
