import { isRecord, valueAt } from '../../measure.ts';
import { fromIso } from '../../time.ts';

/** An attribute of an entity, in whichever of NGSI's forms it came. */
export interface Attribute {
  readonly value: unknown;
  readonly unitCode: string | undefined;
  readonly time: number | undefined;
}

export type Entity = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** JSON-LD types a value as `{ "@type": "DateTime", "@value": "…" }`. */
const untyped = (value: unknown): unknown => (isRecord(value) && '@value' in value ? value['@value'] : value);

/**
 * Reads an attribute: a bare value (key-values), `{ type, value, metadata }` (NGSI-v2), or
 * `{ type: "Property", value, observedAt, unitCode }` (NGSI-LD). Of several, the one without a `datasetId`.
 */
export const readAttribute = (entity: Entity, name: string): Attribute | undefined => {
  if (!Object.hasOwn(entity, name)) return undefined;
  const raw = entity[name];
  const one = Array.isArray(raw) ? raw.find((each) => isRecord(each) && !('datasetId' in each)) : raw;
  if (!isRecord(one) || !Object.hasOwn(one, 'value')) {
    return { value: untyped(one), unitCode: undefined, time: undefined };
  }
  const unit = one.unitCode ?? valueAt(one, ['metadata', 'unitCode', 'value']);
  const observed =
    one.observedAt ??
    valueAt(one, ['metadata', 'observedAt', 'value']) ??
    valueAt(one, ['metadata', 'TimeInstant', 'value']);
  return {
    value: untyped(one.value),
    unitCode: textOf(untyped(unit)),
    time: fromIso(untyped(observed), 'UTC'),
  };
};

/** Where entities tell when they were observed, the end of the interval first. */
const timeNames = [
  'dateObservedTo',
  'dateObserved',
  'TimeInstant',
  'timeInstant',
  'dateLastValueReported',
  'occupancyModified',
  'dateModified',
  'modifiedAt',
];

/** The time of an entity in epoch milliseconds; of an interval its end. NGSI's times without an offset are UTC. */
export const entityTime = (entity: Entity): number | undefined => {
  for (const name of timeNames) {
    const text = textOf(readAttribute(entity, name)?.value);
    const time = text === undefined ? undefined : instantOf(text);
    if (time !== undefined && time > 0) return time;
  }
  return undefined;
};

/** An instant, or the end of an interval `start/end`. */
export const instantOf = (text: string): number | undefined => {
  const [start, end] = text.split('/', 2);
  return fromIso(end, 'UTC') ?? fromIso(start, 'UTC');
};
