import { expect, test } from 'vitest';
import { Counter, type CounterRule } from './counter.ts';

/** Readings every ten seconds. */
const count = (values: readonly number[], rule?: CounterRule) => {
  const counter = new Counter(rule);
  for (const [index, value] of values.entries()) counter.push({ time: index * 10_000, value });
  counter.finish();
  return {
    total: counter.steps.reduce((sum, { amount }) => sum + amount, 0),
    amounts: counter.steps.map(({ amount }) => amount),
    remarks: counter.remarks.map(({ time, kind }) => `${kind}@${time / 10_000}`),
  };
};

test.each([
  ['nothing', [], 0, []],
  ['one reading says nothing', [1000], 0, []],
  ['differences', [1000, 1010, 1010, 1025], 25, []],
  ['a reset counts from zero', [1000, 1010, 4, 12, 20], 10 + 20, ['reset@2']],
  ['a drop to just under 90 % is a reset', [1000, 1000, 899, 905, 910], 899 + 11, ['reset@2']],
  ['a drop to just 90 % is noise, as long as it lasts', [1000, 1001, 901, 902, 1003], 3, ['dip@2', 'dip@3']],
  ['a dip is ignored and told', [1000, 1010, 1008, 1020, 1030], 30, ['dip@2']],
  ['one wrong low reading counts nothing twice', [1000, 1010, 0, 1020, 1030], 30, ['strange@2']],
  ['one wrong low reading at the end waits', [1000, 1010, 0], 10, ['strange@2']],
  ['a reset to zero that stays', [1000, 1010, 0, 0, 5], 15, ['reset@2']],
  ['one wrong high reading counts nothing', [1000, 1010, 99_999, 1020, 1030], 30, ['strange@2']],
  ['one slightly high reading counts nothing', [1000, 1010, 1060, 1020, 1030], 30, ['strange@2']],
  [
    'readings of later hours, put here by a wrong clock, count nothing twice',
    [1000, 1200, 1001, 1201, 1002, 1202, 1003, 1004, 1005],
    5,
    ['strange@1', 'strange@3', 'strange@5'],
  ],
  ['two resets', [1000, 1010, 5, 9, 2, 6, 8], 10 + 9 + 8, ['reset@2', 'reset@4']],
  ['a reset soon after the first reading', [0, 50, 2, 12, 20], 50 + 20, ['reset@2']],
] as const)('%s', (_, values, total, remarks) => {
  expect(count(values)).toMatchObject({ total, remarks });
});

const meter: CounterRule = { perSecondMax: 20, amountMin: 2000 };

test.each([
  [
    'a meter is replaced by one that shows more: a new series',
    [10_000, 10_010, 523_000, 523_010, 523_020],
    30,
    ['strange@2'],
  ],
  [
    'a meter is replaced by one that shows less, but more than it can have counted: a new series',
    [900_000, 900_010, 523_000, 523_010, 523_020],
    30,
    ['strange@2'],
  ],
  [
    'a device that shows zero for a while has its total again',
    [900_000, 900_010, 0, 0, 0, 900_050, 900_060],
    60,
    ['reset@2', 'strange@5'],
  ],
  [
    'what it counted meanwhile is not taken back',
    [900_000, 900_010, 0, 20, 40, 900_030, 900_040],
    60,
    ['reset@2', 'strange@5'],
  ],
  ['a coarse counter moves a kilowatt hour at once', [5000, 5000, 6000, 6000, 7000], 2000, []],
  ['a wrong high reading at the end waits', [10_000, 10_010, 99_999_999], 10, ['strange@2']],
  [
    'a wrong high reading at the start is left behind',
    [99_999_999, 10_000, 10_010, 10_020],
    20,
    ['strange@1'],
  ],
] as const)('with a rule of what is possible: %s', (_, values, total, remarks) => {
  expect(count(values, meter)).toMatchObject({ total, remarks });
});

test('a counter that is back long after it fell begins a new series', () => {
  const fallenFor = (minutes: number): number => {
    const counter = new Counter(meter);
    const back = 20_000 + minutes * 60_000;
    for (const [time, value] of [
      [0, 900_000],
      [10_000, 900_010],
      [20_000, 0],
      [30_000, 0],
      [back, 900_050],
      [back + 10_000, 900_060],
    ] as const)
      counter.push({ time, value });
    counter.finish();
    return counter.steps.reduce((sum, { amount }) => sum + amount, 0);
  };
  expect([fallenFor(5), fallenFor(30), fallenFor(31)]).toEqual([60, 60, 20]);
});

test('a long silence makes a large difference possible', () => {
  const counter = new Counter(meter);
  for (const [time, value] of [
    [0, 10_000],
    [10_000, 10_010],
    [3_600_000, 60_000],
    [3_610_000, 60_010],
  ] as const)
    counter.push({ time, value });
  counter.finish();
  expect(counter.steps.map(({ from, to, amount }) => [from, to, amount])).toEqual([
    [0, 10_000, 10],
    [10_000, 3_600_000, 49_990],
    [3_600_000, 3_610_000, 10],
  ]);
});

test('a day with a reset, a dip and a spike is counted exactly', () => {
  const readings: number[] = [];
  let shown = 500_000;
  let truth = 0;
  for (let minute = 0; minute < 8640; minute++) {
    const amount = minute % 7 === 0 ? 3 : 2;
    if (minute > 0) {
      shown += amount;
      truth += amount;
    }
    if (minute === 3000) {
      shown = amount;
    }
    readings.push(minute === 1000 ? shown - 20 : minute === 5000 ? shown + 7_000 : shown);
  }
  expect(count(readings, meter)).toMatchObject({
    total: truth,
    remarks: ['dip@1000', 'reset@3000', 'strange@5000'],
  });
});
