import type { Unit } from './unit.ts';

/** How a value behaves over time: a gauge is a level, a counter only grows (until the device resets it). */
export type FieldBehaviour = 'gauge' | 'counter';

/** One field: one type and one unit, for ever. */
export interface FieldDefinition {
  readonly type: 'integer' | 'float';
  readonly unit: Unit;
  /** Physical limits, inclusive: a value outside is a fault of the device, not a reading. */
  readonly min: number;
  readonly max: number;
  readonly description: string;
  readonly behaviour: FieldBehaviour;
}

export interface MeasurementDefinition {
  readonly name: string;
  readonly description: string;
  /** Tags beside site, zone and device, with their closed list of values where there is one. */
  readonly tags: Readonly<Record<string, readonly string[] | undefined>>;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
}

/** Declares a measurement and keeps its literal types, so that a query can only name what exists. */
export const defineMeasurement = <const D extends MeasurementDefinition>(definition: D): D => definition;

type FieldOptions = Partial<Pick<FieldDefinition, 'behaviour'>>;

/** A whole-number field. Limits are inclusive. */
export const integer = (
  unit: Unit,
  min: number,
  max: number,
  description: string,
  options: FieldOptions = {},
): FieldDefinition => ({ type: 'integer', unit, min, max, description, behaviour: 'gauge', ...options });

/** A real-number field. Limits are inclusive. */
export const float = (
  unit: Unit,
  min: number,
  max: number,
  description: string,
  options: FieldOptions = {},
): FieldDefinition => ({ type: 'float', unit, min, max, description, behaviour: 'gauge', ...options });

export const counter = { behaviour: 'counter' } as const;
