import type { Context } from '../../definition.ts';
import { isRecord } from '../../measure.ts';
import type { Json } from '../../memory.ts';

/** A part that says nothing for longer than this is not there any more. */
const freshMs = 10 * 60_000;
/** Unchanged values are written to the memory again only after this. */
const renewMs = 60_000;
const partsMax = 64;

/** A figure, or a list of them. */
export type Value = number | readonly (number | string)[];

interface Part {
  readonly at: number;
  readonly value: Value;
}

/**
 * Remembers what one part of a device (an interface, a core) said, and gives the latest of all its parts, because
 * each speaks in a message of its own and only together they are the device. Until every part has spoken once, what
 * is known is the sum of those that have.
 */
export const rememberPart = (
  key: string,
  name: string,
  value: Value,
  { memory, receivedAt }: Context,
): readonly Value[] => {
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

const isSame = (one: Value, other: Value): boolean =>
  typeof one === 'number' || typeof other === 'number'
    ? one === other
    : one.length === other.length && one.every((figure, index) => figure === other[index]);

function* partsFrom(kept: Json | undefined): Generator<readonly [string, Part]> {
  if (!isRecord(kept)) return;
  for (const [name, part] of Object.entries(kept)) {
    if (!isRecord(part) || typeof part.at !== 'number') continue;
    const value = toValue(part.value);
    if (value !== undefined) yield [name, { at: part.at, value }];
  }
}

const toValue = (value: unknown): Value | undefined => {
  if (typeof value === 'number') return value;
  return Array.isArray(value) ? value.filter(isFigure) : undefined;
};

const isFigure = (value: unknown): value is number | string =>
  typeof value === 'number' || typeof value === 'string';
