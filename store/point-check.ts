import { limits } from '../model/limits.ts';
import { fieldOf, type StoredName, tagsOf } from '../model/measurements.ts';
import type { Point } from '../model/point.ts';

/** Last millisecond that fits InfluxDB's signed 64-bit nanoseconds: 2262-04-11. */
export const timeMax = 9_223_372_036_854;

/*
 * Why no store can hold a point, or `undefined` where both can. One rule for both engines, so that what one of
 * them holds the other can hold too; physical limits are not looked at, that is validate's work.
 */

export const rejectionOfTime = (time: number): string | undefined =>
  Number.isInteger(time) && time >= 0 && time <= timeMax
    ? undefined
    : `time ${time} is not a whole number of milliseconds from 1970 to 2262`;

export const rejectionOfTags = ({ measurement, tags }: Point<StoredName>): string | undefined => {
  for (const name in tags) {
    if (!tagNames(measurement).has(name)) return `${measurement} has no tag "${name}"`;
    const problem = rejectTagValue(tags[name] ?? '');
    if (problem !== undefined) return `tag ${name} ${problem}`;
  }
  return undefined;
};

/**
 * Line protocol has no escape for a backslash: before a comma, a space, an equals sign or at the end it would
 * swallow its neighbour, and a line break ends the line.
 */
const unwritable = /[\p{Cc}\p{Surrogate}]|\\(?=[,= ]|$)/u;

const rejectTagValue = (value: string): string | undefined => {
  if (value.length > limits.tagLengthMax) return `is longer than ${limits.tagLengthMax} characters`;
  return unwritable.test(value)
    ? 'has a control character, half a surrogate pair or a backslash that line protocol cannot carry'
    : undefined;
};

export const rejectionOfFields = ({ measurement, fields }: Point<StoredName>): string | undefined => {
  let count = 0;
  for (const name in fields) {
    const type = fieldOf(measurement, name)?.type;
    const value = fields[name];
    if (type === undefined) return `${measurement} has no field "${name}"`;
    if (!Number.isFinite(value)) return `field ${name} is not a finite number`;
    if (type === 'integer' && !Number.isSafeInteger(value))
      return `field ${name} is not a safe integer: ${value}`;
    count++;
  }
  return count === 0 ? 'it has no fields' : undefined;
};

const namesByMeasurement = new Map<StoredName, ReadonlySet<string>>();
const tagNames = (measurement: StoredName): ReadonlySet<string> => {
  let names = namesByMeasurement.get(measurement);
  if (names === undefined) {
    names = new Set(tagsOf(measurement));
    namesByMeasurement.set(measurement, names);
  }
  return names;
};
