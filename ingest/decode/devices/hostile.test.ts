import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../../model/measurements.ts';
import { bytesOf, loadVectors, type Vector } from '../../../test/support/vectors.ts';
import { redact } from '../../redact.ts';
import { Decoder } from '../decoder.ts';
import { VolatileMemory } from '../memory.ts';
import { devices } from './index.ts';

const vectors = loadVectors().flatMap((file) => file.vectors);
/** `FUZZ_RUNS=1000000 npm test` for as long as it takes. */
const runs = Number(process.env.FUZZ_RUNS ?? 20_000);
const at = Date.parse('2026-06-23T08:00:00Z');

const newDecoder = (): Decoder =>
  new Decoder({ definitions: devices, memory: new VolatileMemory(200), timezone: 'Europe/Rome' });

/** Asserts what must hold of any answer to any bytes, and gives all that could be shown of it. */
const shown = (decoder: Decoder, topic: string, bytes: Uint8Array): string => {
  const answer = decoder.decode(topic, bytes, at);
  if (answer.kind === 'readings') {
    for (const { measurement, fields, time = 0 } of answer.readings) {
      expect(Number.isFinite(time)).toBe(true);
      for (const [name, value] of Object.entries(fields)) {
        const { min, max } = fieldOf(measurement, name) ?? { min: Number.NaN, max: Number.NaN };
        if (!(value >= min && value <= max)) throw new Error(`${topic}: ${name} is ${value}`);
      }
    }
  }
  return JSON.stringify(answer) + redact(bytes);
};

/** Client identities: addresses and a host name. No vector has any of these. */
const identities = [
  'a4:83:e7:5b:c2:19',
  'A483E75BC219',
  '10.77.3.21',
  'fe80::a683:e7ff:fe5b:c219',
  'marias-iphone',
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A payload with client identities under the usual keys, in every object that it has. */
const smuggle = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(smuggle);
  if (typeof value !== 'object' || value === null) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, smuggle(part)]));
  const [mac = '', bare = '', ip = '', ip6 = '', name = ''] = identities;
  return { ...inside, client_mac: mac, sta: bare, client_ip: ip, ip6, hostname: name };
};

const isJsonVector = ({ json }: Vector): boolean => typeof json === 'object' && json !== null;

/** Every other object among the vectors, with a client in it. */
const crowded = new Map(
  vectors
    .filter((vector, index) => index % 2 === 0 && isJsonVector(vector))
    .map((vector) => {
      const payload: Json = JSON.parse(Buffer.from(bytesOf(vector)).toString('utf8'));
      return [vector, Buffer.from(JSON.stringify(smuggle(payload)))];
    }),
);

/** Bytes of a vector with some of them changed, cut, doubled or mixed with those of another. */
const mutated = fc
  .record({
    vector: fc.constantFrom(...vectors),
    other: fc.constantFrom(...vectors),
    edits: fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { maxLength: 8 }),
    cut: fc.option(fc.nat(), { nil: undefined }),
    mix: fc.boolean(),
  })
  .map(({ vector, other, edits, cut, mix }) => {
    let bytes = Buffer.from(crowded.get(vector) ?? bytesOf(vector));
    for (const edit of edits) if (bytes.length > 0) bytes[edit.at % bytes.length] = edit.byte;
    if (cut !== undefined && bytes.length > 0) bytes = bytes.subarray(0, cut % bytes.length);
    return { topic: vector.topic, bytes: mix ? Buffer.from(crowded.get(other) ?? bytesOf(other)) : bytes };
  });

describe('any bytes on any topic', () => {
  it(`never throw, give no figure outside of the model, and show no client (${runs} payloads)`, () => {
    const decoder = newDecoder();
    fc.assert(
      fc.property(mutated, ({ topic, bytes }) => {
        const text = shown(decoder, topic, bytes).toLowerCase();
        return !identities.some((identity) => text.includes(identity.toLowerCase()));
      }),
      { numRuns: runs },
    );
  }, 600_000);
});

describe('a client in the payload', () => {
  it.each(vectors.filter(isJsonVector))('is not in what is shown of: $name', (vector) => {
    const decoder = newDecoder();
    for (const earlier of vector.before ?? []) decoder.decode(earlier.topic, bytesOf(earlier), at);
    const payload: Json = JSON.parse(Buffer.from(bytesOf(vector)).toString('utf8'));
    const text = shown(decoder, vector.topic, Buffer.from(JSON.stringify(smuggle(payload))));
    expect(identities.filter((identity) => text.toLowerCase().includes(identity.toLowerCase()))).toEqual([]);
  });
});
