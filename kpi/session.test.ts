import { expect, test } from 'vitest';
import { at, evidenceOf, minutes, reportsOf, rome, tableOf } from '../test/kpi/support.ts';
import { gridOf, quarterMs } from './grid.ts';
import { dwell, sessions, turnover } from './occupancy.ts';
import { seatStates } from './seat.ts';
import { dwellsOf, sessionParts, sessionsOf } from './session.ts';
import { defaultKpiSettings } from './settings.ts';

const start = at('2026-06-23T08:00+02:00');
const found = (values: readonly (readonly [number, number])[], settings = defaultKpiSettings) =>
  sessionsOf(seatStates(reportsOf('occupied', start, values), minutes(10)), settings).map(({ from, to }) => [
    (from - start) / 60_000,
    (to - start) / 60_000,
  ]);

test.each([
  [
    'one session',
    [
      [0, 1],
      [9, 1],
      [14, 0],
    ],
    [[0, 14]],
  ],
  [
    'a gap of just under five minutes is joined',
    [
      [0, 1],
      [8, 0],
      [12.99, 1],
      [20, 0],
    ],
    [[0, 20]],
  ],
  [
    'a gap of five minutes is not',
    [
      [0, 1],
      [8, 0],
      [13, 1],
      [20, 0],
    ],
    [
      [0, 8],
      [13, 20],
    ],
  ],
  [
    'two minutes are a session',
    [
      [0, 1],
      [2, 0],
    ],
    [[0, 2]],
  ],
  [
    'less is none',
    [
      [0, 1],
      [1.99, 0],
    ],
    [],
  ],
  [
    'short ones that are joined are one',
    [
      [0, 1],
      [1, 0],
      [4, 1],
      [5, 0],
    ],
    [[0, 5]],
  ],
  [
    'unknown for less than five minutes is joined too',
    [
      [0, 1],
      [14, 1],
      [16, 0],
    ],
    [[0, 16]],
  ],
  [
    'unknown for longer ends it',
    [
      [0, 1],
      [16, 1],
      [18, 0],
    ],
    [
      [0, 10],
      [16, 18],
    ],
  ],
] as const)('%s', (_, values, expected) => {
  expect(found(values)).toEqual(expected);
});

test('the joining gap and the shortest session are settings', () => {
  const settings = { ...defaultKpiSettings, sessionJoinMs: minutes(1), sessionDropMs: minutes(5) };
  expect(
    found(
      [
        [0, 1],
        [4, 0],
        [6, 1],
        [9, 1],
        [12, 0],
      ],
      settings,
    ),
  ).toEqual([[6, 12]]);
});

test('a session counts where it begins, at its whole length', () => {
  const states = seatStates(
    reportsOf('occupied', start, [
      [-3, 1],
      [5, 0],
      [12, 1],
      [20, 1],
      [29, 1],
      [38, 0],
      [44, 1],
      [46, 0],
    ]),
    minutes(10),
  );
  const parts = sessionParts(
    sessionsOf(states, defaultKpiSettings),
    gridOf({ from: start, to: start + 3 * quarterMs }, quarterMs),
  );
  expect(parts).toEqual([
    { sessions: 1, dwell_ms: minutes(26), dwell_1_ms: minutes(26) },
    {},
    { sessions: 1, dwell_ms: minutes(2), dwell_1_ms: minutes(2) },
  ]);
  expect(dwellsOf(parts)).toEqual([minutes(2), minutes(26)]);
});

test('dwell and turnover of a seat on a day', () => {
  const { day } = rome.at(start);
  const dwells = [10, 20, 30, 60, 120];
  const evidence = evidenceOf({
    window: day,
    by: { seat: 'S01' },
    rows: {
      seat: [{ time: day.from, part: { valid_ms: day.to - day.from, occupied_ms: 0 } }],
      session: dwells.map((length, index) => ({
        time: start + index * quarterMs,
        part: { sessions: 1, dwell_ms: minutes(length), dwell_1_ms: minutes(length) },
      })),
    },
  });
  expect(tableOf(dwell(evidence))).toEqual({ 'S01 median': 30, 'S01 mean': 48, 'S01 p90': 96 });
  expect(sessions(evidence)[0]).toMatchObject({ value: 5, validMinutes: 1440, coverage: 1 });
  expect(turnover(evidence)[0]?.value).toBe(5);
  const week = { from: day.from, to: day.from + 7 * 24 * 3_600_000 };
  expect(turnover({ ...evidence, window: week })[0]).toMatchObject({ reason: 'low_coverage' });
});

test('without a session there is no dwell, but none is a number of sessions', () => {
  const evidence = evidenceOf({
    window: { from: start, to: start + quarterMs },
    rows: { seat: [{ time: start, part: { valid_ms: quarterMs } }] },
  });
  expect(tableOf(dwell(evidence))).toEqual({
    median: 'no_sessions',
    mean: 'no_sessions',
    p90: 'no_sessions',
  });
  expect(sessions(evidence)[0]?.value).toBe(0);
});
