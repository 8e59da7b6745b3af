import type { Context } from '../../definition.ts';
import { isRecord } from '../../measure.ts';
import type { Json } from '../../memory.ts';

/** A part that says nothing for longer than this is not there any more. */
const freshMs = 10 * 60_000;
/** Unchanged values are written to the memory again only after this. */
const renewMs = 60_000;
const partsMax = 64;

interface Part {
  readonly at: number;
  readonly value: Json;
}

/**
 * Remembers what one part of a device (an interface, a core) said, and gives the latest of all its parts, because
 * each speaks in a message of its own and only together they are the device. Until every part has spoken once, what
 * is known is the sum of those that have.
 */
export const rememberPart = (
  key: string,
  name: string,
  value: Json,
  { memory, receivedAt }: Context,
): readonly Json[] => {
  const parts = new Map<string, Part>();
  for (const [known, part] of partsFrom(memory.get(key))) {
    if (Math.abs(receivedAt - part.at) < freshMs) parts.set(known, part);
  }
  const before = parts.get(name);
  const isNews = before === undefined || receivedAt - before.at >= renewMs || !isSame(before.value, value);
  if (isNews && (before !== undefined || parts.size < partsMax)) {
    parts.set(name, { at: receivedAt, value });
    memory.set(key, Object.fromEntries([...parts].map(([known, part]) => [known, { ...part }])));
  }
  return [...parts.values()].map((part) => part.value);
};

const isSame = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);

function* partsFrom(kept: Json | undefined): Generator<readonly [string, Part]> {
  if (!isRecord(kept)) return;
  for (const [name, part] of Object.entries(kept)) {
    if (isRecord(part) && typeof part.at === 'number')
      yield [name, { at: part.at, value: jsonOf(part.value) }];
  }
}

const jsonOf = (value: unknown): Json => {
  if (Array.isArray(value)) return value.map(jsonOf);
  return typeof value === 'number' || typeof value === 'string' ? value : '';
};
