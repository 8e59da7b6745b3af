import { expect, test } from 'vitest';
import { at, rome } from '../test/kpi/support.ts';
import { hourMs } from './grid.ts';
import { tariffBandAt } from './tariff-band.ts';

const bandAt = (instant: string): string => tariffBandAt(rome, at(instant));

// Worked out by hand with a calendar on the wall.
test.each([
  ['2026-06-22T06:59:59+02:00', 'f3', 'Monday before seven'],
  ['2026-06-22T07:00:00+02:00', 'f2', 'Monday at seven'],
  ['2026-06-22T07:59:59+02:00', 'f2', 'Monday before eight'],
  ['2026-06-22T08:00:00+02:00', 'f1', 'Monday at eight'],
  ['2026-06-22T18:59:59+02:00', 'f1', 'Monday before seven in the evening'],
  ['2026-06-22T19:00:00+02:00', 'f2', 'Monday at seven in the evening'],
  ['2026-06-22T22:59:59+02:00', 'f2', 'Monday before eleven at night'],
  ['2026-06-22T23:00:00+02:00', 'f3', 'Monday at eleven at night'],
  ['2026-06-23T00:00:00+02:00', 'f3', 'Tuesday at midnight'],
  ['2026-06-26T18:00:00+02:00', 'f1', 'Friday afternoon'],
  ['2026-06-27T06:59:00+02:00', 'f3', 'Saturday before seven'],
  ['2026-06-27T07:00:00+02:00', 'f2', 'Saturday at seven'],
  ['2026-06-27T12:00:00+02:00', 'f2', 'Saturday at noon'],
  ['2026-06-27T23:00:00+02:00', 'f3', 'Saturday at eleven at night'],
  ['2026-06-28T12:00:00+02:00', 'f3', 'Sunday at noon'],
  ['2024-01-01T12:00:00+01:00', 'f3', 'New Year, a Monday'],
  ['2024-01-06T12:00:00+01:00', 'f3', 'Epiphany, a Saturday'],
  ['2025-01-06T12:00:00+01:00', 'f3', 'Epiphany, a Monday'],
  ['2024-02-29T12:00:00+01:00', 'f1', 'a leap day, a Thursday'],
  ['2028-02-29T12:00:00+01:00', 'f1', 'a leap day, a Tuesday'],
  ['2024-03-29T12:00:00+01:00', 'f1', 'Good Friday is no holiday'],
  ['2024-03-31T12:00:00+02:00', 'f3', 'Easter, and the clocks change'],
  ['2024-04-01T12:00:00+02:00', 'f3', 'Easter Monday in April'],
  ['2027-03-29T12:00:00+02:00', 'f3', 'Easter Monday the day after the clocks change'],
  ['2028-04-17T12:00:00+02:00', 'f3', 'Easter Monday 2028'],
  ['2025-04-25T12:00:00+02:00', 'f3', 'Liberation, a Friday'],
  ['2026-05-01T12:00:00+02:00', 'f3', 'Labour day, a Friday'],
  ['2026-06-02T12:00:00+02:00', 'f3', 'the Republic, a Tuesday'],
  ['2025-08-15T12:00:00+02:00', 'f3', 'Ferragosto, a Friday'],
  ['2024-11-01T12:00:00+01:00', 'f3', 'All Saints, a Friday'],
  ['2025-12-08T12:00:00+01:00', 'f3', 'Immaculate Conception, a Monday'],
  ['2026-12-25T12:00:00+01:00', 'f3', 'Christmas, a Friday'],
  ['2024-12-26T12:00:00+01:00', 'f3', 'St Stephen, a Thursday'],
  ['2024-12-24T12:00:00+01:00', 'f1', 'Christmas Eve, a Tuesday, the office is closed'],
  ['2026-09-24T12:00:00+02:00', 'f1', 'the patron of Pesaro, a Thursday, the office is closed'],
  ['2026-10-04T12:00:00+02:00', 'f3', 'St Francis 2026, a Sunday'],
  ['2027-10-04T12:00:00+02:00', 'f1', 'St Francis 2027, a Monday: the bands do not take it'],
  ['2026-03-29T06:30:00+02:00', 'f3', 'a Sunday of 23 hours'],
  ['2026-10-25T02:30:00+02:00', 'f3', 'a Sunday of 25 hours, first half past two'],
  ['2026-10-26T07:00:00+01:00', 'f2', 'the Monday after'],
  ['2026-10-26T08:00:00+01:00', 'f1', 'the Monday after, in winter time'],
  ['2026-03-30T06:00:00Z', 'f1', 'eight o’clock in summer is six in Greenwich'],
  ['2026-03-27T07:00:00Z', 'f1', 'eight o’clock in winter is seven in Greenwich'],
])('%s is %s: %s', (instant, band) => {
  expect(bandAt(instant)).toBe(band);
});

/** Sundays and holidays that fall on other days, 2024 to 2028, written out. */
const holidays = new Set(
  `2024-01-01 2024-01-06 2024-04-01 2024-04-25 2024-05-01 2024-08-15 2024-11-01 2024-12-25 2024-12-26
   2025-01-01 2025-01-06 2025-04-21 2025-04-25 2025-05-01 2025-06-02 2025-08-15 2025-11-01 2025-12-08 2025-12-25 2025-12-26
   2026-01-01 2026-01-06 2026-04-06 2026-04-25 2026-05-01 2026-06-02 2026-08-15 2026-12-08 2026-12-25 2026-12-26
   2027-01-01 2027-01-06 2027-03-29 2027-05-01 2027-06-02 2027-11-01 2027-12-08 2027-12-25
   2028-01-01 2028-01-06 2028-04-17 2028-04-25 2028-05-01 2028-06-02 2028-08-15 2028-11-01 2028-12-08 2028-12-25 2028-12-26`.split(
    /\s+/,
  ),
);
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

test('every hour of 2024 to 2028 has the band that a clock and a list of holidays give', () => {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Rome',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', weekday: 'short' });
  const wrong: string[] = [];
  const counts = { f1: 0, f2: 0, f3: 0 };
  for (let time = at('2024-01-01T00:00+01:00'); time < at('2029-01-01T00:00+01:00'); time += hourMs) {
    const [date = '', hourText = ''] = clock.format(time).split(' ');
    const day = weekdays.indexOf(weekday.format(time)) + 1;
    const expected = bandByHand(date, day, Number(hourText.slice(0, 2)));
    const band = tariffBandAt(rome, time);
    counts[band]++;
    if (band !== expected) wrong.push(`${date} ${hourText} is ${band}, not ${expected}`);
  }
  expect(wrong).toEqual([]);
  expect(counts.f1 + counts.f2 + counts.f3).toBe(1827 * 24);
});

const bandByHand = (date: string, day: number, hour: number): string => {
  if (day === 7 || holidays.has(date)) return 'f3';
  const week = 'f3 f3 f3 f3 f3 f3 f3 f2 f1 f1 f1 f1 f1 f1 f1 f1 f1 f1 f1 f2 f2 f2 f2 f3'.split(' ');
  const saturday = 'f3 f3 f3 f3 f3 f3 f3 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f2 f3'.split(' ');
  return (day === 6 ? saturday : week)[hour] ?? '';
};
