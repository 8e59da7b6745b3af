import { describe, expect, it } from 'vitest';
import { bytesOf, loadVectors, type Vector } from '../../../test/support/vectors.ts';
import type { Decoded } from '../decoded.ts';
import { Decoder } from '../decoder.ts';
import { VolatileMemory } from '../memory.ts';
import { devices } from './index.ts';

const files = loadVectors();

/** What a vector says, in the form of the decoder's answer. */
const expected = ({ readings, rejected, refused, unknown, doubts = [] }: Vector) => {
  if (readings !== undefined) return { kind: 'readings', readings, doubts };
  if (rejected !== undefined) return { kind: 'rejected', reason: rejected };
  if (refused !== undefined) return { kind: 'refused', reason: refused };
  return { kind: unknown === true ? 'unknown' : 'nothing' };
};

const comparable = (decoded: Decoded) => {
  if (decoded.kind === 'rejected' || decoded.kind === 'refused')
    return { kind: decoded.kind, reason: decoded.reason };
  if (decoded.kind !== 'readings') return { kind: decoded.kind };
  const { readings, doubts = [] } = decoded;
  return { kind: 'readings', readings, doubts: doubts.map((doubt) => doubt.reason) };
};

describe.each(files)('$file', ({ vectors }) => {
  it.each(vectors)('$name', (vector) => {
    const memory = new VolatileMemory(1_000);
    const decoder = new Decoder({ definitions: devices, memory, timezone: 'Europe/Rome' });
    const at = Date.parse(vector.at ?? '2026-06-23T08:00:00Z');
    for (const earlier of vector.before ?? []) decoder.decode(earlier.topic, bytesOf(earlier), at);
    expect(comparable(decoder.decode(vector.topic, bytesOf(vector), at))).toEqual(expected(vector));
  });
});

describe('all definitions', () => {
  it('are read by a vector, and each file has good and bad ones', () => {
    const read = new Set(files.flatMap(({ vectors }) => vectors.flatMap(definitionsOf)));
    expect(devices.map(({ name }) => name).filter((name) => !read.has(name))).toEqual([]);
    for (const { file, vectors } of files) {
      expect(
        vectors.filter(({ readings }) => readings !== undefined).length,
        `${file}: good`,
      ).toBeGreaterThan(1);
      expect(vectors.filter(({ readings }) => readings === undefined).length, `${file}: bad`).toBeGreaterThan(
        0,
      );
    }
  });

  it('are as many as were written, with as many vectors', () => {
    const vectors = files.flatMap((file) => file.vectors);
    expect({ definitions: devices.length, vectors: vectors.length }).toEqual({
      definitions: 62,
      vectors: 516,
    });
  });
});

/** The definitions that read a vector's messages. */
const definitionsOf = (vector: Vector): (string | undefined)[] => {
  const decoder = new Decoder({
    definitions: devices,
    memory: new VolatileMemory(1_000),
    timezone: 'Europe/Rome',
  });
  const messages = [...(vector.before ?? []), vector];
  return messages.map((message) => decoder.decode(message.topic, bytesOf(message), 0).definition);
};
