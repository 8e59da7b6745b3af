import type { Series } from './raw.ts';

/** A reading that stands, and what was counted since the one before it; `undefined` where a new series begins. */
export interface Standing {
  readonly time: number;
  readonly value: number;
  readonly counted: number | undefined;
}

/** Whether so much can be counted in so many milliseconds. */
export type Possible = (amount: number, elapsedMs: number) => boolean;

interface Reading {
  readonly time: number;
  readonly value: number;
}

/** What stood before the counter fell, and how many readings stand since. */
interface Fall extends Reading {
  readonly fellAt: number;
  readonly place: number;
}

/** Readings that stand, by the published rules: looking back at what stands and ahead at the next two readings. */
export const standingOf = (series: Series, field: string, possible: Possible): readonly Standing[] => {
  const readings = series
    .with(field)
    .reports.map(({ time, fields }) => ({ time, value: fields[field] ?? 0 }));
  const standing: Standing[] = [];
  let fall: Fall | undefined;
  for (const [index, reading] of readings.entries()) {
    const old = standing.at(-1);
    const [next, after] = [readings[index + 1]?.value, readings[index + 2]?.value];
    if (old === undefined) {
      standing.push({ ...reading, counted: undefined });
      continue;
    }
    const verdict = judge(old, reading, next, after, possible);
    if (verdict === 'ignored') continue;
    if (verdict === 'series') {
      standing.push({ ...reading, counted: takenUp(fall, reading, standing, possible) });
      fall = undefined;
      continue;
    }
    if (verdict === 'reset') fall = { ...old, fellAt: reading.time, place: standing.length };
    const amount = verdict === 'reset' ? reading.value : reading.value - old.value;
    standing.push({ ...reading, counted: possible(amount, reading.time - old.time) ? amount : 0 });
  }
  return standing;
};

const judge = (
  old: Reading,
  reading: Reading,
  next: number | undefined,
  after: number | undefined,
  possible: Possible,
): 'ignored' | 'counted' | 'reset' | 'series' => {
  if (reading.value < old.value) return isReset(old, reading, next) ? 'reset' : 'ignored';
  if (possible(reading.value - old.value, reading.time - old.time)) {
    return isWrong(old, reading, next, after) ? 'ignored' : 'counted';
  }
  return next !== undefined && next >= reading.value ? 'series' : 'ignored';
};

/** It fell to under 90 %, and the next reading is not back. */
const isReset = (old: Reading, { value }: Reading, next: number | undefined): boolean =>
  value < 0.9 * old.value &&
  next !== undefined &&
  !(next >= 0.9 * old.value && next - value >= old.value - next);

/** The next reading is back where it was before, and the one after it too; or it rose ten times less. */
const isWrong = (
  old: Reading,
  { value }: Reading,
  next: number | undefined,
  after: number | undefined,
): boolean => {
  if (next === undefined || after === undefined) return false;
  const nextIsOld = next < value && next >= old.value && next < 2 * old.value;
  const bothAreOld = after < value && after >= old.value;
  return nextIsOld && (bothAreOld || value - old.value > 10 * (next - old.value));
};

const halfAnHour = 30 * 60_000;

/** What was counted since the fall, where the counter soon takes up what it had before. */
const takenUp = (
  fall: Fall | undefined,
  { time, value }: Reading,
  standing: readonly Standing[],
  possible: Possible,
): number | undefined => {
  if (fall === undefined || time - fall.fellAt > halfAnHour) return undefined;
  if (value < fall.value || !possible(value - fall.value, time - fall.time)) return undefined;
  const since = standing.slice(fall.place).reduce((sum, { counted = 0 }) => sum + counted, 0);
  return Math.max(0, value - fall.value - since);
};

/** What plain counts allow. */
export const anything = (): boolean => true;
/** People: ten a second, or a hundred. */
export const people = (amount: number, elapsedMs: number): boolean =>
  amount <= Math.max(100, elapsedMs / 100);
/** Energy: a megawatt, or two kilowatt hours. */
export const energy = (amount: number, elapsedMs: number): boolean =>
  amount <= Math.max(2000, (1e6 * elapsedMs) / 3_600_000);
