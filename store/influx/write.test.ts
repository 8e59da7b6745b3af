import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Point } from '../../model/point.ts';
import { type ScriptedServer, startScriptedServer } from '../../test/support/scripted-influx.ts';
import { temperatures } from '../samples.contract.ts';
import type { Store } from '../store.ts';
import { openInfluxStore } from './influx-store.ts';

let server: ScriptedServer;
let store: Store;
beforeEach(async () => {
  server = await startScriptedServer();
  store = await openInfluxStore({
    url: server.url,
    token: 't0k3n',
    org: 'city',
    database: 'a b',
    timeoutMs: 400,
  });
});
afterEach(async () => {
  await store.close();
  await server.stop();
});

const points = (count: number): Point[] =>
  temperatures(
    's',
    Array.from({ length: count }, (_, index) => index),
  );
const hasValue = (lines: readonly string[], values: readonly number[]): boolean =>
  lines.some((line) => values.some((value) => line.includes(`temperature_c=${value} `)));

test('one request carries a batch, with token, organisation, bucket and milliseconds', async () => {
  server.onWrite = () => ({ status: 204 });
  expect(await store.write(points(3))).toEqual({ stored: 3, rejected: [] });
  const [write, ...more] = server.writes;
  expect(more).toEqual([]);
  expect(write?.method).toBe('POST');
  expect(write?.authorization).toBe('Token t0k3n');
  expect(Object.fromEntries(write?.url.searchParams ?? [])).toEqual({
    org: 'city',
    bucket: 'a b',
    precision: 'ms',
  });
  expect(write?.lines[1]).toBe('weather,device=W1,site=s,zone=mast temperature_c=1 1782201660000');
});

test('5,001 points go in two requests', async () => {
  expect((await store.write(points(5_001))).stored).toBe(5_001);
  expect(server.writes.map(({ lines }) => lines.length)).toEqual([5_000, 1]);
});

describe('refused points', () => {
  test.each([[[0]], [[7]], [[2, 3]], [[0, 1, 2, 3, 4, 5, 6, 7]]])(
    '%j of eight are found by halving',
    async (bad) => {
      server.onWrite = ({ lines }) =>
        hasValue(lines, bad) ? { status: 422, body: { code: 'invalid', message: 'no' } } : { status: 204 };
      const result = await store.write(points(8));
      expect(result.rejected).toEqual(bad.map((index) => ({ index, reason: 'no' })));
      expect(result.stored).toBe(8 - bad.length);
      const taken = server.writes.filter(({ lines }) => !hasValue(lines, bad)).flatMap(({ lines }) => lines);
      expect(new Set(taken).size).toBe(8 - bad.length);
      expect(server.writes.length).toBeLessThanOrEqual(15);
    },
  );

  test('a count that covers all of them saves the search', async () => {
    server.onWrite = ({ lines }) => ({
      status: 400,
      body: { error: `partial write: points beyond retention policy dropped=${lines.length}` },
    });
    const { rejected, stored } = await store.write(points(100));
    expect([rejected.length, stored, server.writes.length]).toEqual([100, 0, 1]);
  });

  test('a partial write of InfluxDB 3, which says 201, is no success', async () => {
    const body = { error: 'partial write', data: [{ line_number: 1, error_message: 'bad column' }] };
    server.onWrite = ({ lines }) => (hasValue(lines, [1]) ? { status: 201, body } : { status: 204 });
    expect(await store.write(points(4))).toEqual({
      stored: 3,
      rejected: [{ index: 1, reason: 'partial write: bad column' }],
    });
  });

  test('repeats in a batch share the fate of the point that they are', async () => {
    server.onWrite = ({ lines }) =>
      hasValue(lines, [1]) ? { status: 400, body: { error: 'no' } } : { status: 204 };
    const [first, second] = points(2);
    if (first === undefined || second === undefined) throw new Error('two points are expected');
    const { rejected } = await store.write([second, first, second]);
    expect(rejected.map(({ index }) => index)).toEqual([0, 2]);
  });

  test('a search that failures cut off goes on where it was, or a server that fails often would never end it', async () => {
    const batch = points(64);
    let answers = 0;
    server.onWrite = ({ lines }) => {
      if (++answers % 3 === 0) return { status: 503 };
      return hasValue(lines, [17]) ? { status: 400, body: { error: 'no' } } : { status: 204 };
    };
    const outcomes: unknown[] = [];
    for (let attempt = 0; attempt < 10 && outcomes.length === 0; attempt++) {
      await store.write(batch).then(
        (result) => outcomes.push(result),
        (error: unknown) => expect(error).toMatchObject({ code: 'store_unavailable' }),
      );
    }
    expect(outcomes).toEqual([{ stored: 63, rejected: [{ index: 17, reason: 'no' }] }]);
    expect(server.writes.length).toBeLessThan(22);
    server.onWrite = () => ({ status: 204 });
    expect(await store.write(batch)).toEqual({ stored: 64, rejected: [] });
    expect(server.writes.at(-1)?.lines).toHaveLength(64);
  });

  test('a failure during the search gives up nothing: the whole batch is tried again', async () => {
    let answers = 0;
    server.onWrite = () =>
      ++answers < 3
        ? { status: 400, body: { error: 'no' } }
        : { status: 503, headers: { 'retry-after': '7' } };
    await expect(store.write(points(8))).rejects.toMatchObject({
      code: 'store_unavailable',
      retryAfterMs: 7_000,
    });
  });
});

test('a batch that is too large is split; one point that is too large is rejected', async () => {
  server.onWrite = ({ lines }) => ({ status: lines.length > 2 || hasValue(lines, [3]) ? 413 : 204 });
  expect(await store.write(points(6))).toEqual({
    stored: 5,
    rejected: [{ index: 3, reason: 'one point is larger than the server takes' }],
  });
});

describe('an unavailable server', () => {
  test.each([
    ['a reset connection', { status: 204, fault: 'reset' } as const, /gave no reply: .*(hang up|ECONNRESET)/],
    ['half a reply', { status: 500, body: 'x'.repeat(500), fault: 'half' } as const, /gave no reply/],
    ['no reply in time', { status: 204, fault: 'hang' } as const, /gave no reply/],
    ['a busy server', { status: 429, headers: { 'retry-after': '2' } }, /HTTP 429 \(it is busy\)$/],
    [
      'a bad token',
      { status: 401, body: { code: 'unauthorized', message: 'who?' } },
      /401: who\? \(the token may not/,
    ],
  ])('%s: one request, one error, nothing retried behind the back', async (_, reply, message) => {
    server.onWrite = () => reply;
    const failure = { code: 'store_unavailable', retry: true, message: expect.stringMatching(message) };
    await expect(store.write(points(2))).rejects.toMatchObject(failure);
    expect(server.writes).toHaveLength(1);
    server.onWrite = () => ({ status: 204 });
    expect(await store.write(points(2))).toEqual({ stored: 2, rejected: [] });
    expect(server.writes).toHaveLength(2);
  });

  test('nobody listens there', async () => {
    const gone = await startScriptedServer();
    const lonely = await openInfluxStore({ url: gone.url, database: 'x' });
    await gone.stop();
    await expect(lonely.write(points(1))).rejects.toMatchObject({
      code: 'store_unavailable',
      retry: true,
      message: expect.stringMatching(/^InfluxDB at http:\/\/127.0.0.1:\d+ gave no reply: .*ECONNREFUSED/),
    });
  });
});
