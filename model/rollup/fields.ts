import { type FieldDefinition, float } from '../measurement.ts';
import type { Unit } from '../unit.ts';

/**
 * A part of a figure: a number that windows keep so that figures can be computed from it later. All are real numbers:
 * a sum of whole milliseconds is exact up to 2^53, which is 285,000 years.
 */
export const part = (unit: Unit, description: string): FieldDefinition =>
  float(unit, -Number.MAX_VALUE, Number.MAX_VALUE, description);

/** Time in which the device was known, in milliseconds; 60,000 are a valid minute. */
export const validMs = part('ms', 'Time in which the device is known. 60,000 are a valid minute.');

/** Numbered fields, `latency_b0`, `latency_b1` …, that differ in their number alone. */
export const numbered = <const P extends string, const S extends string>(
  numbers: readonly number[],
  prefix: P,
  suffix: S,
  definition: (number: number) => FieldDefinition,
): Readonly<Record<`${P}${number}${S}`, FieldDefinition>> =>
  Object.fromEntries(
    numbers.map((number) => [`${prefix}${number}${suffix}`, definition(number)]),
  ) as Readonly<Record<`${P}${number}${S}`, FieldDefinition>>;
