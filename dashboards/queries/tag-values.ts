import type { MeasurementName, TagName } from '../../model/measurements.ts';
import { conditions } from './influxql.ts';
import { quoteIdentifier } from './quote.ts';
import { filters, type Where } from './select.ts';

/**
 * The values that a variable offers: what the store has of a tag, narrowed by other tags. InfluxDB takes no time
 * filter here.
 */
export const tagValues = <M extends MeasurementName>(from: M, tag: TagName<M>, where: Where<M>): string => {
  const narrowed = conditions(filters(where));
  const filter = narrowed.length === 0 ? '' : ` WHERE ${narrowed.join(' AND ')}`;
  return `SHOW TAG VALUES FROM ${quoteIdentifier(from)} WITH KEY = ${quoteIdentifier(tag)}${filter}`;
};
