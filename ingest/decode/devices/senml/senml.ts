import { type Decoded, unknown } from '../../decoded.ts';
import type { Context, Definition } from '../../definition.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import { looksLikeCbor, readCbor } from './cbor.ts';
import { figuresOf } from './figure.ts';
import { type RawRecord, resolve } from './records.ts';

const source = 'RFC 8428: Sensor Measurement Lists; RFC 8798: additional units';

const valueLabels = ['v', 'vs', 'vb', 'vd', 's'];

/** A pack is known by its labels: a name somewhere, and a value somewhere. */
const isPack = (records: readonly RawRecord[]): boolean => {
  const named = records.some((record) => typeof (record.get('bn') ?? record.get('n')) === 'string');
  return named && records.some((record) => valueLabels.some((label) => record.has(label)));
};

const recordsOf = (payload: unknown): readonly RawRecord[] | undefined => {
  if (!Array.isArray(payload) || payload.length === 0) return undefined;
  const records: RawRecord[] = [];
  for (const record of payload) {
    if (!isRecord(record)) return undefined;
    records.push(new Map(Object.entries(record)));
  }
  return records;
};

/** Two names of one pack that mean the same figure are told apart: the second keeps its own name. */
const readPack = (topic: string, records: readonly RawRecord[], { receivedAt }: Context): Decoded => {
  if (!isPack(records)) return unknown;
  const resolved = resolve(records, receivedAt);
  if ('kind' in resolved) return resolved;
  const gatherer = new Gatherer();
  const names = new Map<string, string>();
  for (const record of resolved) {
    for (const { device, quantity, rule, value } of figuresOf(record, topic)) {
      const figure = `${device} ${rule.measurement} ${rule.field} ${rule.tags.phase ?? ''}`;
      const first = names.get(figure) ?? quantity;
      names.set(figure, first);
      const speaker = first === quantity || quantity === '' ? device : `${device}/${quantity}`;
      gatherer.take({ device: speaker, time: record.time }, rule, value);
    }
  }
  return gatherer.decoded();
};

const json: Definition = {
  name: 'senml/json',
  title: 'SenML in JSON, on any topic',
  source,
  topics: ['{topic...}'],
  format: 'json',
  recognises: Array.isArray,
  read: ({ topic, payload, context }) => {
    const records = recordsOf(payload);
    return records === undefined ? unknown : readPack(topic, records, context);
  },
};

const cbor: Definition = {
  name: 'senml/cbor',
  title: 'SenML in CBOR, on any topic',
  source,
  topics: ['{topic...}'],
  format: 'bytes',
  recognises: looksLikeCbor,
  read: ({ topic, payload, context }) => {
    const records = readCbor(payload);
    if (records === undefined) return unknown;
    return 'kind' in records ? records : readPack(topic, records, context);
  },
};

/** To be asked after all who know their topics. */
export const senml: readonly Definition[] = [json, cbor];
