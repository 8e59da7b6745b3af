import { expect, test } from 'vitest';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { LocalTime } from '../local-time.ts';
import type { KpiRow } from '../query/reader.ts';
import { settingsOf } from '../settings.ts';
import { anomaliesIn } from './find.ts';
import { rulesOf } from './rules.ts';

const hour = 3_600_000;
/** Midnight in Pesaro. */
const start = Date.parse('2026-06-15T00:00:00+02:00');
const nothingKnown = { heard: new Set<number>(), used: new Set<number>(), emptyNights: new Set<number>() };

/** What a rule finds in figures that follow each other, by hours since the start. */
const foundBy = (
  kind: string,
  everyHours: number,
  by: KpiRow['by'],
  values: readonly (number | undefined)[],
) => {
  const rule = rulesOf(settingsOf(site), nothingKnown).find((each) => each.kind === kind);
  if (rule === undefined) throw new Error(`there is no rule ${kind}`);
  const rows = values.map(
    (value, index): KpiRow => ({
      by,
      time: start + index * everyHours * hour,
      ...(value === undefined ? {} : { value }),
      validMinutes: 60,
      coverage: 1,
    }),
  );
  const told = { unit: 'x', rows, to: start + values.length * everyHours * hour };
  return anomaliesIn(told, rule, new LocalTime(site.timezone)).map(({ from, to, isOpen, evidence }) => [
    (from - start) / hour,
    (to - start) / hour,
    isOpen,
    evidence.value,
  ]);
};

test('counters that drift by ten people a day are told of, whichever way', () => {
  expect(foundBy('counter_drift', 24, {}, [9.9, -12, 10, 0, undefined, 11])).toEqual([
    [24, 72, false, 12],
    [120, 144, true, 11],
  ]);
});

test('phases that differ by half for three hours are told of, for two they are not', () => {
  const values = [0.5, 0.8, 0.2, 0.6, 0.7, 0.5, 0.4, 0.9, undefined, 0.9, 0.9];
  expect(foundBy('phase_imbalance', 1, { device: 'M1' }, values)).toEqual([[3, 6, false, 0.7]]);
});

test('a zone that is nearly full for an hour is told of', () => {
  const by = { zone: 'pergola', source: 'seats', statistic: 'mean' };
  const { crowdedShare } = settingsOf(site);
  const values = [crowdedShare - 0.01, crowdedShare, 1.2, 0];
  expect(foundBy('over_capacity', 1, by, values)).toEqual([[1, 3, false, 1.2]]);
});
