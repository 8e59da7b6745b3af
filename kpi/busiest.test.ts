import { expect, test } from 'vitest';
import { at, evidenceOf, rome } from '../test/kpi/support.ts';
import { busiest } from './busiest.ts';
import { hourMs } from './grid.ts';
import { timeOccupancy } from './occupancy.ts';

/** A week from Monday 23 March 2026; its Sunday has 23 hours. */
const monday = rome.at(at('2026-03-23T12:00+01:00')).day.from;
const week = { from: monday, to: rome.at(at('2026-03-29T12:00+02:00')).day.to };
const hours = Array.from(
  { length: (week.to - week.from) / hourMs },
  (_, index) => week.from + index * hourMs,
);

/** Taken share by local weekday and hour. */
const evidence = (share: (weekday: number, hour: number) => number, known = 1) =>
  evidenceOf({
    window: week,
    devices: { seat: 2 },
    rows: {
      seat: hours.map((time) => {
        const { day, hour } = rome.at(time);
        const valid_ms = 2 * hourMs * known;
        return { time, part: { valid_ms, occupied_ms: valid_ms * share(day.weekday, hour) } };
      }),
    },
  });
const find = (made: ReturnType<typeof evidence>, by: Readonly<Record<string, string>>) =>
  busiest(made).find((figure) => Object.entries(by).every(([key, value]) => figure.by[key] === value));

test('the busiest hour and weekday, and every place of the matrix', () => {
  const made = evidence((weekday, hour) => (weekday === 3 ? 0.5 : hour === 10 ? 0.6 : 0.1));
  expect(find(made, { statistic: 'busiest_hour' })?.value).toBe(10);
  expect(find(made, { statistic: 'busiest_weekday' })?.value).toBe(3);
  expect(find(made, { statistic: 'cell', weekday: '2', hour: '10' })?.value).toBeCloseTo(0.6, 12);
  expect(find(made, { statistic: 'hour', hour: '10' })?.value).toBeCloseTo((6 * 0.6 + 0.5) / 7, 12);
  expect(busiest(made)).toHaveLength(2 + 24 + 7 + 7 * 24 - 1);
});

test('the hour that a clock jumps over is not there', () => {
  const made = evidence(() => 0.1);
  expect(find(made, { statistic: 'cell', weekday: '7', hour: '2' })).toBeUndefined();
  expect(find(made, { statistic: 'weekday', weekday: '7' })).toMatchObject({
    validMinutes: 23 * 60,
    coverage: 1,
  });
  expect(timeOccupancy(made)[0]).toMatchObject({ value: expect.closeTo(0.1, 12), validMinutes: 167 * 60 });
});

test('hours of which too little is known are never the busiest; without people there is none', () => {
  const made = evidence((_, hour) => (hour === 3 ? 0.9 : 0.1));
  const rows = (made.rows.seat ?? []).map((timed) =>
    rome.at(timed.time).hour === 3
      ? { ...timed, part: { valid_ms: hourMs * 0.9, occupied_ms: hourMs * 0.9 } }
      : timed,
  );
  const poor = { ...made, rows: { seat: rows } };
  expect(find(poor, { statistic: 'busiest_hour' })?.value).toBe(0);
  expect(find(poor, { statistic: 'hour', hour: '3' })?.reason).toBe('low_coverage');
  expect(
    find(
      evidence(() => 0),
      { statistic: 'busiest_hour' },
    )?.reason,
  ).toBe('no_users');
});
