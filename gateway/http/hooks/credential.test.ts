import crypto, { createHmac } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { hasToken, openPost } from './credential.ts';
import { type HookSource, hookSources } from './source.ts';

/** Lengths of what was compared in constant time. */
const compared: [number, number][] = [];
beforeAll(() => {
  const { timingSafeEqual } = crypto;
  vi.spyOn(crypto, 'timingSafeEqual').mockImplementation((one, other) => {
    compared.push([one.byteLength, other.byteLength]);
    return timingSafeEqual(one, other);
  });
  syncBuiltinESMExports();
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});
beforeEach(() => {
  compared.length = 0;
});

const secret = 'the-secret-of-this-hook';
/** From a first character that is wrong to a last one, longer and shorter. */
const wrong = ['xhe-secret-of-this-hook', 'the-secret-of-this-hooX', `${secret}x`, 'the-secret', 't', ''];

const signatureOf = (body: string, key: string): string =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

type Way = (shown: string) => { readonly headers: Record<string, string>; readonly body: string };
const bearer: Way = (shown) => ({ headers: { authorization: `Bearer ${shown}` }, body: '{}' });
const header: Way = (shown) => ({ headers: { 'x-aperto-token': shown }, body: '{}' });
const key: Way = (shown) => ({ headers: { 'x-downlink-apikey': shown }, body: '{}' });
const inBody: Way = (shown) => ({ headers: {}, body: JSON.stringify({ secret: shown }) });
const signed: Way = (shown) => ({ headers: { 'x-hub-signature-256': signatureOf('{}', shown) }, body: '{}' });

const ways: Readonly<Record<HookSource, Readonly<Record<string, Way>>>> = {
  chirpstack: { bearer, header, signed },
  tts: { bearer, header, key, signed },
  meraki: { inBody, signed },
  unifi: { bearer, header, signed },
  ngsi: { bearer, header, signed },
};

const cases = hookSources.flatMap((source) =>
  Object.entries(ways[source]).map(([name, way]) => [source, name, way] as const),
);

it('covers every source', () => {
  expect(cases).toHaveLength(15);
});

it.each(cases)(
  '%s, %s: is decided by a comparison in constant time, of digests of one length',
  (source, _, way) => {
    const decide = (shown: string): boolean => {
      const { headers, body } = way(shown);
      return openPost(source, headers, Buffer.from(body), secret) !== undefined;
    };
    expect(decide(secret)).toBe(true);
    expect(compared.length).toBeGreaterThan(0);
    for (const shown of wrong) {
      compared.length = 0;
      expect([shown, decide(shown)]).toEqual([shown, false]);
      // What is wrong at its first character takes as many comparisons, of as many bytes, as what is wrong at its last.
      expect([shown, ...compared]).toEqual([shown, ...compared.map(() => [32, 32])]);
      expect(compared.length).toBe(comparisonsOf(source, way));
    }
  },
);

/** Each place where a secret may stand is compared, whatever is there. */
const comparisonsOf = (source: HookSource, way: Way): number => {
  const headers = source === 'meraki' ? 0 : 3;
  const signature = way === signed ? 1 : 0;
  const body = source === 'meraki' && way === inBody ? 1 : 0;
  return headers + signature + body;
};

it('does not look at headers of a source whose vendor has none', () => {
  expect(hasToken('meraki', { authorization: `Bearer ${secret}` }, secret)).toBe(false);
  expect(compared).toEqual([]);
});
