import { limits } from '../../../../model/limits.ts';
import { type Rejected, rejected } from '../../decoded.ts';
import { toJson, toText } from '../../json.ts';
import { isRecord } from '../../measure.ts';
import { datatypes, toFloat, toInteger } from './datatype.ts';
import { decodeProto } from './proto.ts';

/** One metric of a message. A null has no value. */
export interface Metric {
  readonly name: string | undefined;
  /** Stands for the name that the birth gave it; a 64-bit number as text. */
  readonly alias: string | undefined;
  readonly time: number | undefined;
  readonly datatype: number | undefined;
  readonly historical: boolean;
  readonly unit: string | undefined;
  readonly content: Content | undefined;
}

/** A value before its data type is applied: births tell the type, data messages may leave it out. */
export type Content =
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'other'; readonly value: number | boolean | string };

export interface Payload {
  readonly time: number | undefined;
  /** 0 where it is absent: encoders leave out a 0. */
  readonly seq: number;
  readonly metrics: readonly Metric[];
}

/** Reads a payload: protobuf, or the JSON rendering that the specification and bridges use. */
export const readPayload = (bytes: Uint8Array): Payload | Rejected => {
  if (bytes.length === 0) return rejected('empty_payload', 'the payload has no bytes');
  if (bytes.length > limits.payloadBytesMax) {
    return rejected('too_large', `${bytes.length} bytes; at most ${limits.payloadBytesMax} are taken`);
  }
  if (bytes[0] === openingBrace) return readJson(bytes);
  try {
    return toPayload(decodeProto(bytes));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return rejected('not_understood', 'the bytes are no Sparkplug B payload');
  }
};

/** As protobuf it would begin a group of field 15, which no payload has. */
const openingBrace = 0x7b;

const readJson = (bytes: Uint8Array): Payload | Rejected => {
  const text = toText(bytes);
  if (typeof text !== 'string') return text;
  const json = toJson(text);
  return 'kind' in json ? json : toPayload(json.value);
};

const toPayload = (object: unknown): Payload | Rejected => {
  if (!isRecord(object)) return rejected('wrong_type', 'a Sparkplug payload is an object');
  const metrics = Array.isArray(object.metrics) ? object.metrics.filter(isRecord).map(toMetric) : [];
  return { time: toTime(object.timestamp), seq: toNatural(object.seq) ?? 0, metrics };
};

const toMetric = (metric: Readonly<Record<string, unknown>>): Metric => {
  const datatype = toDatatype(metric.datatype ?? metric.dataType);
  const isNull = metric.isNull === true || metric.is_null === true;
  return {
    name: typeof metric.name === 'string' && metric.name !== '' ? metric.name : undefined,
    alias: toNatural(metric.alias) === undefined ? undefined : String(metric.alias),
    time: toTime(metric.timestamp),
    datatype,
    historical: metric.isHistorical === true || metric.is_historical === true,
    unit: unitOf(metric.properties),
    content: isNull ? undefined : contentOf(metric),
  };
};

const contentOf = (metric: Readonly<Record<string, unknown>>): Content | undefined => {
  const { intValue, longValue, floatValue, value } = metric;
  if (typeof intValue === 'number') return { kind: 'integer', text: String(intValue) };
  if (typeof longValue === 'string' && digits.test(longValue)) return { kind: 'integer', text: longValue };
  if (typeof floatValue === 'number') return { kind: 'float', value: floatValue };
  const other = metric.doubleValue ?? metric.booleanValue ?? metric.stringValue ?? value;
  if (typeof other !== 'number' && typeof other !== 'boolean' && typeof other !== 'string') return undefined;
  return { kind: 'other', value: other };
};

/** A metric's value, where its data type is known by now. */
export const readValue = (content: Content, datatype: number | undefined): number | boolean | string => {
  if (content.kind === 'integer') {
    // Some nodes send a Boolean as a number.
    return datatype === datatypes.Boolean ? content.text !== '0' : toInteger(content.text, datatype);
  }
  return content.kind === 'float' ? toFloat(content.value) : content.value;
};

const unitKeys = new Set([
  'engunit',
  'engunits',
  'engineeringunit',
  'engineeringunits',
  'unit',
  'units',
  'uom',
]);
const isUnitKey = (key: unknown): boolean =>
  typeof key === 'string' && unitKeys.has(key.toLowerCase().replace(/[^a-z]/g, ''));

/** The unit among a metric's properties: two lists in protobuf, an object in JSON. */
const unitOf = (properties: unknown): string | undefined => {
  if (!isRecord(properties)) return undefined;
  const { keys, values } = properties;
  const found =
    Array.isArray(keys) && Array.isArray(values)
      ? values[keys.findIndex(isUnitKey)]
      : Object.entries(properties).find(([key]) => isUnitKey(key))?.[1];
  const text = isRecord(found) ? (found.stringValue ?? found.value) : found;
  return typeof text === 'string' && text.length <= 32 ? text : undefined;
};

const digits = /^\d{1,20}$/;

/** A natural number, which protobuf gives as text where it has 64 bits. */
const toNatural = (value: unknown): number | undefined => {
  if (typeof value === 'string') return digits.test(value) ? Number(value) : undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
};

/** Epoch milliseconds; 0 stands for none. */
const toTime = (value: unknown): number | undefined => {
  const time = toNatural(value);
  return time === undefined || time === 0 || time > Number.MAX_SAFE_INTEGER ? undefined : time;
};

const datatypeNames: Readonly<Record<string, number>> = datatypes;

const toDatatype = (value: unknown): number | undefined => {
  if (typeof value === 'string')
    return Object.hasOwn(datatypeNames, value) ? datatypeNames[value] : undefined;
  return toNatural(value);
};
