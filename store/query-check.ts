import { ApertoError } from '../model/errors.ts';
import {
  definitionOf,
  type FieldName,
  fieldOf,
  isStoredName,
  type StoredName,
  type TagName,
  tagsOf,
} from '../model/measurements.ts';
import type { ScanQuery } from './history.ts';
import { timeMax } from './point-check.ts';
import { type AggregateQuery, aggregations, type RangeQuery, type Selection } from './store.ts';

/** Fields of a measurement; those of any, where it is not known which. */
export type FieldOf<M extends StoredName = StoredName> = M extends StoredName ? FieldName<M> : never;
/** Tags of a measurement; those of any, where it is not known which. */
export type TagOf<M extends StoredName = StoredName> = M extends StoredName ? TagName<M> : never;

const usage = (message: string): ApertoError => new ApertoError('usage', message);

const checkSelection = ({ measurement, field, from, to, tags }: Selection<StoredName>): FieldOf => {
  checkMeasurement(measurement);
  checkTags(measurement, Object.keys(tags));
  for (const time of [from, to]) {
    if (!Number.isInteger(time)) throw usage(`${time} is not a whole number of milliseconds`);
  }
  if (isFieldOf(measurement, field)) return field;
  const known = Object.keys(definitionOf(measurement).fields).join(', ');
  throw usage(`${measurement} has no field "${field}"; its fields are ${known}`);
};

const isFieldOf = (measurement: StoredName, field: string): field is FieldOf =>
  fieldOf(measurement, field) !== undefined;

const checkMeasurement = (measurement: string): void => {
  if (!isStoredName(measurement)) throw usage(`there is no measurement "${measurement}"`);
};

const checkTags = (measurement: StoredName, names: readonly string[]): void => {
  const known = tagsOf(measurement);
  for (const name of names) {
    if (!known.includes(name)) {
      throw usage(`${measurement} has no tag "${name}"; its tags are ${known.join(', ')}`);
    }
  }
};

const checkAtLeastOne = (name: string, value: number): void => {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw usage(`${name} is ${value}; it is a whole number from 1`);
  }
};

/**
 * Returns the field, which is known to be one.
 * @throws ApertoError `usage` that names what is wrong
 */
export const checkRange = (query: RangeQuery<StoredName>): FieldOf => {
  checkAtLeastOne('limit', query.limit);
  return checkSelection(query);
};

/**
 * Returns the field, which is known to be one.
 * @throws ApertoError `usage` that names what is wrong
 */
export const checkAggregate = (query: AggregateQuery<StoredName>): FieldOf => {
  const field = checkSelection(query);
  checkAtLeastOne('limit', query.limit);
  checkAtLeastOne('everyMs', query.everyMs);
  checkTags(query.measurement, query.by ?? []);
  if (!aggregations.includes(query.aggregation)) {
    throw usage(`there is no aggregation "${query.aggregation}"; there are ${aggregations.join(', ')}`);
  }
  return field;
};

/** @throws ApertoError `usage` that names what is wrong */
export const checkScan = ({ fields, ...selection }: ScanQuery<StoredName>): void => {
  const [any = ''] = Object.keys(definitionOf(selection.measurement).fields);
  for (const field of [any, ...fields]) checkSelection({ ...selection, field });
};

/** @throws ApertoError `usage` that names what is wrong */
export const checkLatest = (measurement: string, since: number): void => {
  checkMeasurement(measurement);
  if (!Number.isInteger(since)) throw usage(`${since} is not a whole number of milliseconds`);
};

/** A bound of a query, brought into the times that a point can have (and one beyond, as an end). */
export const clampTime = (time: number): number => Math.min(Math.max(time, 0), timeMax + 1);

/** Tags of an aggregate's result series, in the model's order: `by` where given, else all. */
export const groupTags = ({ measurement, by }: AggregateQuery<StoredName>): readonly TagOf[] =>
  tagsOf(measurement).filter((tag): tag is TagOf => by === undefined || by.includes(tag));
