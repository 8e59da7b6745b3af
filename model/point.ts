import { type MeasurementName, type StoredName, tagsOf } from './measurements.ts';

export type Tags = Readonly<Record<string, string>>;
/** Field values in the units of the model; booleans are 0 and 1. An absent key is neither 0 nor free. */
export type Fields = Readonly<Record<string, number>>;

/**
 * What a device said, in base units, before it is placed on a site: the output of decode.
 * `device` is the device's name as its topic or payload gives it; `tags` are those of the measurement alone.
 */
export interface Reading {
  /** The site that the topic named; absent where the device does not know its site. */
  readonly site?: string;
  readonly device: string;
  readonly measurement: MeasurementName;
  readonly tags: Tags;
  readonly fields: Fields;
  /** The device's own time in epoch milliseconds, not yet judged; absent where it gave none. */
  readonly time?: number;
  /** True for a record of the past (`history[]`): it never touches the live state. */
  readonly backfill?: boolean;
}

/** One row of the store. Its identity is measurement + tags + time: writing it twice changes nothing. */
export interface Point<M extends StoredName = MeasurementName> {
  readonly measurement: M;
  /** site, zone, device and the measurement's own tags. */
  readonly tags: Tags;
  readonly fields: Fields;
  /** Epoch milliseconds. */
  readonly time: number;
}

const separator = '\u0000';
const mark = '\u0001';

/** Identity of a series: measurement and tags in the model's order. */
export const seriesKey = (measurement: StoredName, tags: Tags): string => {
  let key: string = measurement;
  for (const tag of tagOrder(measurement)) key += separator + escaped(tags[tag] ?? '');
  return key;
};

/** The value without the separator; keys still sort as their tags do. */
const escaped = (value: string): string =>
  value.includes(separator) || value.includes(mark)
    ? value.replaceAll(mark, `${mark}\u0002`).replaceAll(separator, `${mark}\u0001`)
    : value;

/** Identity of a point: its series and its time. */
export const pointKey = (point: Point<StoredName>): string =>
  seriesKey(point.measurement, point.tags) + separator + point.time;

const orders = new Map<StoredName, readonly string[]>();
const tagOrder = (measurement: StoredName): readonly string[] => {
  let order = orders.get(measurement);
  if (order === undefined) {
    order = tagsOf(measurement);
    orders.set(measurement, order);
  }
  return order;
};

/** Two points of one identity become one: the union of their fields, where the later word wins. */
export const mergePoints = <M extends StoredName>(earlier: Point<M>, later: Point<M>): Point<M> => ({
  ...later,
  fields: { ...earlier.fields, ...later.fields },
});
