import type { Delivery } from '../delivery.ts';
import type { Random } from '../random.ts';
import type { FaultKind } from './fault.ts';

export const garbage: FaultKind = {
  description: 'bytes that are not JSON, wrong types, values that cannot be',
  probability: 0.005,
  create: ({ probability, random, count }) => ({
    deliver: (delivery) => {
      const own = random(delivery.device);
      if (!own.chance(probability)) return [delivery];
      count();
      return [{ ...delivery, payload: own.pick(torn, noise, wrongType, outOfLimits)(delivery, own) }];
    },
  }),
};

/** The message ends in its middle. */
const torn = ({ payload }: Delivery, random: Random): string | Uint8Array =>
  payload.slice(0, 1 + random.index(Math.max(1, payload.length - 2)));

/** Bytes that are not UTF-8: 0xff never occurs in it. */
const noise = (_: Delivery, random: Random): Uint8Array =>
  Uint8Array.from({ length: 4 + random.index(60) }, (_value, index) =>
    index === 0 ? 0xff : random.index(256),
  );

const wrongType = (delivery: Delivery, random: Random): string | Uint8Array =>
  replaceOne(delivery, random, () => random.pick<unknown>('plenty', [1, 2], { value: 1 }));

/** No field of the model takes 10^18. */
const outOfLimits = (delivery: Delivery, random: Random): string | Uint8Array =>
  replaceOne(delivery, random, () => random.pick(1e18, -1e18));

/** Replaces one measured value; bytes where the message is no JSON object. */
const replaceOne = (delivery: Delivery, random: Random, replacement: () => unknown): string | Uint8Array => {
  const fields = objectOf(delivery.payload);
  const names = Object.keys(fields).filter((name) => name !== 't');
  const name = names[random.index(names.length)];
  if (name === undefined) return noise(delivery, random);
  return JSON.stringify({ ...fields, [name]: replacement() });
};

const objectOf = (payload: Delivery['payload']): object => {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return {};
  const value: unknown = JSON.parse(payload);
  return typeof value === 'object' && value !== null ? value : {};
};
