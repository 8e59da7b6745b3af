import { type FieldName, fieldOf, type StoredName } from '../../model/measurements.ts';
import type { Unit } from '../../model/unit.ts';
import type { Select } from './select.ts';

/** Units of figures that a query works out from the model's. */
export type QueryUnit = Unit | 'seats' | 'devices' | 'bit/s' | 'EUR';

/** A query and the unit of each of its columns: what a panel needs to show it rightly. */
export interface Query<C extends string = string> {
  readonly select: Select<C>;
  readonly units: Readonly<Record<C, QueryUnit>>;
}

export const query = <C extends string>(
  select: Select<C>,
  units: Readonly<Record<NoInfer<C>, QueryUnit>>,
): Query<C> => ({ select, units });

/** The model's unit of a field. */
export const unitOf = <M extends StoredName>(measurement: M, field: FieldName<M>): Unit =>
  fieldOf(measurement, field)?.unit ?? '1';
