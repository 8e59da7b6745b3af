import { fieldOf, type MeasurementName } from '../../model/measurements.ts';

/** What a register of 16 or 32 bits holds when it holds no value. */
const emptyRegisters: readonly number[] = [65_535, 4_294_967_295];
const none: readonly number[] = [];

/** Levels that really come by such a number: sunlight, the load of a building, an uptime of eighteen hours. */
const passing: ReadonlySet<string> = new Set([
  'active_power_w',
  'apparent_power_va',
  'reactive_power_var',
  'illuminance_lx',
  'uptime_s',
]);

/**
 * Numbers that say "no value" in a field, whoever the vendor: those of an empty register where no such figure can be
 * meant. A counter and some levels pass them, so there a mark is one only where the rule of a device names it.
 */
export const usualMarks = (measurement: MeasurementName, field: string): readonly number[] =>
  passing.has(field) || fieldOf(measurement, field)?.behaviour === 'counter' ? none : emptyRegisters;

/** Marks of codecs that hand registers on as they are: a counter there is as wide as it counts, a level has 16 bits. */
export const registerMarks = (measurement: MeasurementName, field: string): readonly number[] =>
  fieldOf(measurement, field)?.behaviour === 'counter' ? [4_294_967_295] : emptyRegisters;

/** True for a number that could be such a mark: most are none. */
export const isMark = (number: number): boolean => number === 65_535 || number === 4_294_967_295;
