import { kindMeasurement } from '../../../model/kind-measurement.ts';
import { definitionOf, type MeasurementName } from '../../../model/measurements.ts';
import type { Reading, Tags } from '../../../model/point.ts';
import { type Kind, type NativeTopic, parseTopic } from '../../../model/topic.ts';
import { type Decoded, rejected } from '../decoded.ts';
import { toJson, toText } from '../json.ts';
import { badTime, reject } from './reject.ts';
import { healthNames, nativeSchemas } from './schema.ts';

type Payload = Readonly<Record<string, unknown>>;

/** Decodes `aperto/1/{site}/{kind}/{device}`: a JSON object whose keys are the model's fields. */
export const decodeNative = (topic: string, bytes: Uint8Array): Decoded => {
  const parsed = parseTopic(topic);
  if (parsed === undefined) return { kind: 'unknown' };
  const text = toText(bytes);
  if (typeof text !== 'string') return text;
  const json = toJson(text);
  if ('kind' in json) return json;
  const schema = nativeSchemas[parsed.kind];
  const result = schema.safeParse(json.value);
  if (result.success) return toReadings(parsed, result.data);
  // To report the input costs ten times a parse: only what failed is asked for it.
  return reject(schema.safeParse(json.value, { reportInput: true }).error ?? result.error);
};

const toReadings = (topic: NativeTopic, payload: Payload): Decoded => {
  const time = timeOf(payload.t);
  if (Number.isNaN(time)) return badTime();
  const readings: Reading[] = [];
  const add = (
    measurement: MeasurementName,
    tags: Tags,
    values: Payload,
    names?: readonly string[],
  ): void => {
    const fields = fieldsOf(measurement, values, names);
    if (fields === undefined) return;
    const { site, device } = topic;
    readings.push(
      time === undefined
        ? { site, device, measurement, tags, fields }
        : { site, device, measurement, tags, fields, time },
    );
  };

  // What it does not claim is about the device itself.
  const main: MeasurementName = kindMeasurement[topic.kind];
  add(main, tagsOf(topic.kind, payload), payload);
  for (const [band, values] of entries(payload.radios)) add('radio', { band }, values);
  for (const [phase, values] of entries(payload.phases)) add('power', { phase }, values);
  if (main !== 'device_health' && topic.kind !== 'access-point')
    add('device_health', {}, payload, healthNames);

  if (readings.length === 0) return rejected('no_reading', `the payload has no field of a ${topic.kind}`);
  return { kind: 'readings', readings };
};

const tagsOf = (kind: Kind, payload: Payload): Tags => {
  if (kind === 'seat' || kind === 'counter') return { kind };
  if (kind === 'meter') return { phase: 'total' };
  return typeof payload.target === 'string' ? { target: payload.target } : {};
};

/** Epoch milliseconds; NaN where the text is a date that no calendar has. */
const timeOf = (t: unknown): number | undefined => {
  if (typeof t === 'number') return t;
  return typeof t === 'string' ? Date.parse(t) : undefined;
};

const fieldsOf = (
  measurement: MeasurementName,
  values: Payload,
  names?: readonly string[],
): Record<string, number> | undefined => {
  const known = definitionOf(measurement).fields;
  let fields: Record<string, number> | undefined;
  for (const name in values) {
    const value = values[name];
    if (!Object.hasOwn(known, name) || names?.includes(name) === false) continue;
    if (typeof value !== 'number' && typeof value !== 'boolean') continue;
    fields ??= {};
    // Minus zero is zero.
    fields[name] = Number(value) + 0;
  }
  return fields;
};

const entries = (parts: unknown): [string, Payload][] =>
  typeof parts === 'object' && parts !== null ? Object.entries(parts) : [];
