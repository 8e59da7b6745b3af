import { ApertoError } from '../model/errors.ts';
import { definitionOf, fieldOf, isMeasurementName, tagsOf } from '../model/measurements.ts';
import { timeMax } from './point-check.ts';
import { type AggregateQuery, aggregations, type RangeQuery, type Selection } from './store.ts';

const usage = (message: string): ApertoError => new ApertoError('usage', message);

const checkSelection = ({ measurement, field, from, to, tags }: Selection): void => {
  checkMeasurement(measurement);
  if (fieldOf(measurement, field) === undefined) {
    const known = Object.keys(definitionOf(measurement).fields).join(', ');
    throw usage(`${measurement} has no field "${field}"; its fields are ${known}`);
  }
  checkTags(measurement, Object.keys(tags));
  for (const time of [from, to]) {
    if (!Number.isInteger(time)) throw usage(`${time} is not a whole number of milliseconds`);
  }
};

const checkMeasurement = (measurement: string): void => {
  if (!isMeasurementName(measurement)) throw usage(`there is no measurement "${measurement}"`);
};

const checkTags = (measurement: Selection['measurement'], names: readonly string[]): void => {
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

/** @throws ApertoError `usage` that names what is wrong */
export const checkRange = (query: RangeQuery): void => {
  checkSelection(query);
  checkAtLeastOne('limit', query.limit);
};

/** @throws ApertoError `usage` that names what is wrong */
export const checkAggregate = (query: AggregateQuery): void => {
  checkSelection(query);
  checkAtLeastOne('limit', query.limit);
  checkAtLeastOne('everyMs', query.everyMs);
  checkTags(query.measurement, query.by ?? []);
  if (!aggregations.includes(query.aggregation)) {
    throw usage(`there is no aggregation "${query.aggregation}"; there are ${aggregations.join(', ')}`);
  }
};

/** @throws ApertoError `usage` that names what is wrong */
export const checkLatest = (measurement: string, since: number): void => {
  checkMeasurement(measurement);
  if (!Number.isInteger(since)) throw usage(`${since} is not a whole number of milliseconds`);
};

/** A bound of a query, brought into the times that a point can have (and one beyond, as an end). */
export const clampTime = (time: number): number => Math.min(Math.max(time, 0), timeMax + 1);

/** Tags of an aggregate's result series, in the model's order: `by` where given, else all. */
export const groupTags = ({ measurement, by }: AggregateQuery): readonly string[] =>
  tagsOf(measurement).filter((tag) => by === undefined || by.includes(tag));
