import fc from 'fast-check';

/** One thing that goes wrong with a file; places are shares of its length, so that they fit any file. */
export type Damage =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'zero-page'; readonly at: number }
  | { readonly kind: 'zeros'; readonly at: number; readonly length: number }
  | { readonly kind: 'noise'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'garbage'; readonly bytes: Uint8Array };

const pageBytes = 4096;
const at = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);

export const damages: fc.Arbitrary<Damage> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('flip' as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('zero-page' as const), at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('zeros' as const),
      at,
      length: fc.integer({ min: 1, max: 40_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('noise' as const),
      at,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 9_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('garbage' as const),
      bytes: fc.uint8Array({ maxLength: 20_000 }),
    }),
  },
);

/** The file with the damage. */
export const damage = (file: Buffer, what: Damage): Buffer => {
  if (what.kind === 'garbage') return Buffer.from(what.bytes);
  const place = Math.floor(file.length * what.at);
  if (what.kind === 'cut') return file.subarray(0, place);
  const damaged = Buffer.from(file);
  switch (what.kind) {
    case 'flip':
      damaged[place] = (damaged[place] ?? 0) ^ (1 << what.bit);
      break;
    case 'zero-page':
      damaged
        .subarray(place - (place % pageBytes))
        .subarray(0, pageBytes)
        .fill(0);
      break;
    case 'zeros':
      damaged.subarray(place, place + what.length).fill(0);
      break;
    case 'noise':
      damaged.set(what.bytes.subarray(0, damaged.length - place), place);
      break;
  }
  return damaged;
};
