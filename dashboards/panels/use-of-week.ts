import * as usage from '../queries/usage.ts';
import { same, type Text } from '../text.ts';
import { seatTarget } from './occupancy-now.ts';
import type { Column, SeriesPanel, TablePanel } from './panel.ts';
import { informative, type Thresholds } from './threshold.ts';

const nothing = {
  it: 'Nessun dato dai posti nel periodo: le finestre orarie si formano dopo la prima ora',
  en: 'No data from the seats in this range: hourly windows come after the first hour',
};

const names: Readonly<Record<usage.Weekday, Text>> = {
  '1': { it: 'lunedì', en: 'Monday' },
  '2': { it: 'martedì', en: 'Tuesday' },
  '3': { it: 'mercoledì', en: 'Wednesday' },
  '4': { it: 'giovedì', en: 'Thursday' },
  '5': { it: 'venerdì', en: 'Friday' },
  '6': { it: 'sabato', en: 'Saturday' },
  '7': { it: 'domenica', en: 'Sunday' },
};

/** Grey: nobody. The greener, the fuller, until the thresholds of the other boards. */
const heat: Thresholds = [
  { color: '#2c3235' },
  { color: '#1e4d2b', from: 5 },
  { color: '#37872d', from: 30 },
  { color: '#ff9830', from: 60 },
  { color: '#f2495c', from: 85 },
];

const asked = (weekday: usage.Weekday) => ({ query: usage.useOfWeekday(weekday, `day_${weekday}`) });
const [monday, ...others] = usage.weekdays;

/** Hour by weekday, as a table whose cells are coloured: Grafana's heat map has time for one of its axes. */
export const useOfWeek: TablePanel = {
  kind: 'table',
  key: 'use-of-week',
  title: { it: 'Ora × giorno della settimana, ultime 4 settimane', en: 'Hour × weekday, last 4 weeks' },
  description: {
    it:
      'Quota di posti occupati per ora e giorno, media delle ultime quattro settimane. Rosso dall’85 %: in quell’ora ' +
      'servono posti o turni. Grigio o verde scuro tutto il giorno: lì si possono fare manutenzioni ed eventi.',
    en:
      'Share of seats taken by hour and weekday, mean of the last four weeks. Red from 85 % on: at that hour seats or ' +
      'shifts are needed. Grey or dark green all day: room for maintenance and events.',
  },
  noValue: nothing,
  targets: [asked(monday), ...others.map(asked)],
  thresholds: seatTarget,
  minInterval: '1h',
  recent: '28d',
  columns: {
    hour: { title: { it: 'ora', en: 'hour' } },
    ...Object.fromEntries(
      usage.weekdays.map((day): [string, Column] => [
        `day_${day}`,
        { title: names[day], thresholds: heat, decimals: 0, colors: 'background' },
      ]),
    ),
  },
  sortBy: { column: 'hour', descending: false },
};

export const useOfDays: SeriesPanel = {
  kind: 'timeseries',
  key: 'use-of-days',
  title: { it: 'Occupazione giorno per giorno', en: 'Seats taken, day by day' },
  description: {
    it:
      'Quota del tempo in cui i posti sono occupati, per zona e per giorno intero. Vale per mesi e anni: legge le ' +
      'finestre giornaliere. Una zona che cala da settimane: chiedere a chi la usava che cosa è cambiato.',
    en:
      'Share of the time in which seats are taken, by zone and whole day. Good for months and years: it reads daily ' +
      'windows. A zone that has fallen for weeks: ask those who used it what has changed.',
  },
  noValue: nothing,
  targets: [{ query: usage.useOfDays(), name: same('[[tag_zone]]') }],
  thresholds: seatTarget,
  minInterval: '1d',
  recent: '90d',
  draw: 'bars',
  legend: ['mean', 'max'],
  decimals: 0,
  min: 0,
  max: 100,
};

export const entriesOfDays: SeriesPanel = {
  kind: 'timeseries',
  key: 'entries-of-days',
  title: { it: 'Ingressi giorno per giorno', en: 'Entries, day by day' },
  description: {
    it:
      'Persone entrate in ogni giorno intero, da tutti i varchi. Da confrontare con eventi, meteo e scuole; un giorno ' +
      'a zero fra giorni pieni è un contapersone spento.',
    en:
      'People that went in on each whole day, through all gates. Compare it with events, weather and schools; a day at ' +
      'zero among full ones is a counter that was off.',
  },
  noValue: nothing,
  targets: [{ query: usage.entriesOfDays(), name: { it: 'Ingressi', en: 'Entries' } }],
  thresholds: informative,
  minInterval: '1d',
  recent: '90d',
  draw: 'bars',
  legend: ['sum', 'mean', 'max'],
  decimals: 0,
  min: 0,
};
