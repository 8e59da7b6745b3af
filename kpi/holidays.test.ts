import { gregorianEaster } from 'date-easter';
import DateHolidays from 'date-holidays';
import { expect, test } from 'vitest';
import { viaRossini } from '../test/support/via-rossini.ts';
import { holidaysOf, isBillingHoliday } from './holidays.ts';

const years = Array.from({ length: 39 }, (_, index) => 2012 + index);

test('every year has the eleven holidays of the bands, but for 2011, when two fell on one day', () => {
  expect(years.map((year) => holidaysOf(year).size)).toEqual(years.map(() => 11));
  expect(holidaysOf(2011).size).toBe(10);
});

test('they are those of a calendar that others keep, but for Easter Sunday and what the bands do not take', () => {
  const calendar = new DateHolidays('IT', { languages: 'it' });
  for (const year of years) {
    const national = calendar
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10));
    const { month, day } = gregorianEaster(year);
    const easter = new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
    const mayDiffer = [easter, `${year}-10-04`];
    const ours = [...holidaysOf(year).keys()];
    expect(ours.filter((date) => !national.includes(date))).toEqual([]);
    expect(national.filter((date) => !ours.includes(date) && !mayDiffer.includes(date))).toEqual([]);
  }
});

test.each([
  ['2024-04-01', true],
  ['2025-04-21', true],
  ['2026-04-06', true],
  ['2027-03-29', true],
  ['2028-04-17', true],
  ['2038-04-26', true],
  ['2026-04-05', false],
  ['2026-09-24', false],
  ['2026-10-04', false],
  ['2026-12-24', false],
])('%s: %s', (date, expected) => {
  expect(isBillingHoliday(date)).toBe(expected);
});

test("the office's own closing days are none of them", () => {
  const closed = viaRossini.calendar.closed.map(({ date }) => date);
  expect(closed).toContain('2026-09-24');
  expect(closed.filter(isBillingHoliday)).toEqual([]);
});
