import { expect, onTestFinished, test, vi } from 'vitest';
import { imbalance } from '../../ingest/ledger.ts';
import { limits } from '../../model/limits.ts';
import { openInfluxStore } from '../../store/influx/influx-store.ts';
import { drainOf, receive } from '../support/drain.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../support/scripted-influx.ts';
import { booksOf, openSpool, range, spoolPath } from '../support/spool.ts';

/** Messages of the test; the time of each point is its number. */
const numbers = range(0, 40);
const timeoutMs = 250;
const numberOf = (line: string): number => Number(line.slice(line.lastIndexOf(' ') + 1));

/** A server that keeps what it says that it took. */
class Taking {
  readonly server: ScriptedServer;
  readonly taken: number[] = [];

  constructor(server: ScriptedServer) {
    this.server = server;
    server.onWrite = this.take;
  }

  readonly take: Script = ({ lines }) => {
    this.taken.push(...lines.map(numberOf));
    return { status: 204 };
  };

  /** Answers the first writes in these ways, then takes all. */
  first(...scripts: readonly Script[]): void {
    const left = [...scripts];
    this.server.onWrite = (seen) => (left.shift() ?? this.take)(seen);
  }
}

/** Spool, drain and store as they ship before a server of the test; the drain never waits, and notes how long it would. */
const start = async () => {
  const server = await startScriptedServer();
  onTestFinished(() => server.stop());
  const store = await openInfluxStore({ url: server.url, database: 'street', timeoutMs });
  onTestFinished(() => store.close());
  const path = spoolPath();
  const spool = await openSpool(path);
  const taking = new Taking(server);
  return { server, taking, path, spool, ...drainOf(spool, store) };
};

type Started = Awaited<ReturnType<typeof start>>;

/** Drains all, and checks books, disk and server; answers the waits that were longer than those to gather. */
const drained = async (started: Started, quarantined: readonly number[] = []): Promise<number[]> => {
  const { spool, ledger, drain, taking, path, waits } = started;
  await receive(spool, ledger, numbers);
  drain.start();
  await vi.waitFor(() => expect(ledger.view().spooled).toBe(0), { timeout: 20_000 });
  await drain.stop();
  await spool.close();
  const books = {
    received: numbers.length,
    stored: numbers.length - quarantined.length,
    spooled: 0,
    quarantined: quarantined.length === 0 ? {} : { store_rejected: quarantined.length },
  };
  expect(ledger.view()).toMatchObject(books);
  expect(imbalance(ledger.view())).toBe(0);
  const again = await openSpool(path);
  expect(booksOf(again)).toMatchObject({ ...books, imbalance: 0 });
  const kept = (await again.listQuarantine({ limit: 100 })).map(({ payload }) => JSON.parse(payload)[0].time);
  expect(kept.sort((a, b) => a - b)).toEqual(quarantined);
  const expected = numbers.filter((number) => !quarantined.includes(number));
  expect([...new Set(taking.taken)].sort((a, b) => a - b)).toEqual(expected);
  return waits.filter((ms) => ms > 50);
};

const always =
  (reply: ReturnType<Script>): Script =>
  () =>
    reply;
const v2 = (code: string, message: string) => ({ code, message });

test.each<[string, ReturnType<Script>, RegExp]>([
  [
    '401',
    { status: 401, body: v2('unauthorized', 'who?') },
    /401: who\? \(the token may not write to "street"/,
  ],
  ['403', { status: 403, body: v2('forbidden', 'no') }, /403: no \(the token may not write/],
  [
    '404',
    { status: 404, body: v2('not found', 'bucket') },
    /404: bucket \(no bucket or database "street"; create/,
  ],
  ['429', { status: 429 }, /HTTP 429 \(it is busy\)/],
  ['500', { status: 500, body: v2('internal error', 'engine') }, /500: engine \(it failed\)/],
  ['503', { status: 503 }, /HTTP 503 \(it is busy\)/],
  ['504 of a proxy', { status: 504, body: '<html>Gateway Time-out</html>' }, /HTTP 504/],
  ['a socket that hangs', { status: 204, fault: 'hang' }, /gave no reply/],
  ['a socket that is reset', { status: 204, fault: 'reset' }, /gave no reply/],
  ['half a reply', { status: 503, body: 'x'.repeat(400), fault: 'half' }, /gave no reply/],
])('%s: waits ever longer, then stores all of it', async (_, reply, warning) => {
  const started = await start();
  started.taking.first(always(reply), always(reply), always(reply));
  const waits = await drained(started);
  expect(waits).toHaveLength(3);
  for (const [index, ms] of waits.entries()) {
    expect(ms).toBeGreaterThanOrEqual(100 * 2 ** index);
    expect(ms).toBeLessThanOrEqual(200 * 2 ** index);
  }
  expect(started.warnings).toHaveLength(3);
  expect(started.warnings[0]).toMatch(warning);
  expect(started.taking.taken).toEqual(numbers);
});

test.each([429, 503])('%i with Retry-After waits as it was told, and never for days', async (status) => {
  const started = await start();
  started.taking.first(
    always({ status, headers: { 'retry-after': '7' } }),
    always({ status, headers: { 'retry-after': '864000' } }),
  );
  expect(await drained(started)).toEqual([7_000, 600_000]);
});

test('413 is split until it fits', async () => {
  const started = await start();
  started.server.onWrite = (seen) => (seen.lines.length > 6 ? { status: 413 } : started.taking.take(seen));
  expect(await drained(started)).toEqual([]);
  expect(started.taking.taken).toEqual(numbers);
});

test.each<[string, ReturnType<Script>]>([
  [
    '400 that names one bad field',
    { status: 400, body: v2('invalid', 'field type conflict: "occupied" dropped=1') },
  ],
  ['422 of one point', { status: 422, body: v2('unprocessable entity', 'dropped=1') }],
  ['500 about retention', { status: 500, body: { error: 'points beyond retention policy dropped=1' } }],
  [
    '201 of InfluxDB 3 with a line that it did not take',
    { status: 201, body: { error: 'partial write', data: [] } },
  ],
  ['413 of one point alone', { status: 413 }],
])('%s: that message is quarantined, the others are stored', async (_, reply) => {
  const started = await start();
  const isBad = (line: string): boolean => numberOf(line) === 17;
  started.server.onWrite = (seen) => {
    if (!seen.lines.some(isBad)) return started.taking.take(seen);
    started.taking.taken.push(...seen.lines.filter((line) => !isBad(line)).map(numberOf));
    return reply;
  };
  expect(await drained(started, [17])).toEqual([]);
  expect(started.server.writes.length).toBeLessThan(2 * Math.log2(numbers.length) + 3);
});

test('a reply that is lost after the points were taken costs a second write and no second count', async () => {
  const started = await start();
  const { take } = started.taking;
  started.taking.first((seen) => ({ ...take(seen), fault: 'reset' }));
  expect(await drained(started)).toHaveLength(1);
  expect(started.taking.taken).toEqual([...numbers, ...numbers]);
});

test('a failure in the middle of the search for a bad point loses nothing of it', async () => {
  const started = await start();
  let answers = 0;
  started.server.onWrite = (seen) => {
    if (++answers % 3 === 0) return { status: 503, headers: { 'retry-after': '1' } };
    return seen.lines.some((line) => numberOf(line) === 3)
      ? { status: 422, body: v2('invalid', 'no') }
      : started.taking.take(seen);
  };
  expect(await drained(started, [3])).not.toEqual([]);
});

test('a backlog goes in order of arrival, in writes of a size that a server takes', async () => {
  const { spool, ledger, drain, server, taking } = await start();
  const backlog = range(0, 3 * limits.storeBatchPointsMax);
  await receive(spool, ledger, backlog);
  drain.start();
  const stored = backlog.length;
  await vi.waitFor(() => expect(ledger.view()).toMatchObject({ stored, spooled: 0 }), { timeout: 10_000 });
  expect(taking.taken).toEqual(backlog);
  const sizes = server.writes.map(({ lines }) => lines.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.storeBatchPointsMax);
});
