import { describe, expect, it, vi } from 'vitest';
import { parseEvent, readEvents } from '../../test/http/events.ts';
import { eventually } from '../../test/http/eventually.ts';
import { openRaw } from '../../test/http/requests.ts';
import { type StartedHttp, seatPoint, startHttp, startOfTest, viaRossini } from '../../test/http/start.ts';

const path = '/api/v1/sites/via-rossini/events';
const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** Says so much that every socket buffer of a reader who does not read is full many times over. */
const flood = async ({ say, site }: StartedHttp, rounds: number, first = 1): Promise<void> => {
  const seats = [...site.devices.values()].filter((device) => device.kind === 'seat');
  for (let round = first; round < first + rounds; round++) {
    say(
      'seat',
      ...seats.map(({ id, zone }) => seatPoint(id, zone, startOfTest + round, round % 2 === 0 ? 0 : 1)),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('many streams', () => {
  it('hears every change on 300 streams', async () => {
    const started = await startHttp();
    const { url, say, site } = started;
    const readers = await Promise.all(Array.from({ length: 300 }, () => readEvents(url + path)));
    const stringify = vi.spyOn(JSON, 'stringify');
    for (const [index, { id, zone }] of site.seats.slice(0, 20).entries())
      say('seat', seatPoint(id, zone, startOfTest + index, 1));
    const last = '2026-06-23T08:00:00.019Z';
    await Promise.all(readers.map((reader) => reader.waitFor('reading', (entry) => entry.time === last)));
    const serialised = stringify.mock.calls.length;
    stringify.mockRestore();
    const counts = readers.map(({ events }) => events.filter(({ event }) => event === 'reading').length);
    expect(new Set(counts)).toEqual(new Set([20]));
    expect(serialised).toBe(20);
  });
});

describe('a reader of much', () => {
  it('is told at most ten times a second, and then the newest of each series', async () => {
    const { url, say } = await startHttp();
    const reader = await readEvents(url + path);
    for (let index = 0; index < 1_000; index++)
      say('seat', seatPoint('S07', 'teatro', startOfTest + index, 1));
    await reader.waitFor('reading', (entry) => entry.time === '2026-06-23T08:00:00.999Z');
    expect(reader.events.filter(({ event }) => event === 'reading').length).toBeLessThan(20);
  });
});

/** Every change is told, so that much waits. */
const atOnce = { eventFlushMs: 0 };

describe('a slow reader', () => {
  it('gets the newest of each series once it reads again, and holds up nobody', async () => {
    const started = await startHttp({ limits: atOnce });
    const slow = await openRaw(started.port, request);
    await eventually(() => expect(slow.text()).toContain('event: snapshot'));
    slow.socket.pause();
    const quick = await readEvents(started.url + path);
    const rounds = 2_000;
    await flood(started, rounds);
    const last = '2026-06-23T08:00:02.000Z';
    await quick.waitFor('reading', (entry) => entry.device === 'S48' && entry.time === last);

    slow.socket.resume();
    await eventually(() => expect(slow.text()).toMatch(/"S48".*08:00:02\.000Z/));
    const blocks = slow
      .text()
      .split('\n\n')
      .map((block) => block.replace(/^.*\r\n/s, ''));
    const events = blocks.flatMap((block) => (block.endsWith('}') ? [parseEvent(block)] : []));
    const latest = new Map(
      events.flatMap((event) => event?.entries ?? []).map((entry) => [entry.device, entry.time]),
    );
    expect(new Set([...latest].filter(([device]) => device.startsWith('S')).map(([, time]) => time))).toEqual(
      new Set([last]),
    );
    expect(events.length).toBeLessThan((48 * rounds) / 2);
  });

  it('is cut off when more series wait for it than its limit', async () => {
    const started = await startHttp({ limits: { ...atOnce, eventStreamBytesMax: 4_000 } });
    const slow = await openRaw(started.port, request);
    await eventually(() => expect(slow.text()).toContain('event: snapshot'));
    slow.socket.pause();
    const metric = async (name: string) => (await started.metrics.metrics()).includes(name);
    for (let round = 0; round < 200 && !(await metric('reason="slow_reader"} 1')); round++) {
      await flood(started, 50, 1 + round * 50);
    }
    expect(await metric('aperto_http_refused_total{reason="slow_reader"} 1')).toBe(true);
    expect(await metric('aperto_http_event_streams 0')).toBe(true);
    slow.socket.resume();
    await slow.closed;
  });

  it('is cut off when it has not read for too long', async () => {
    const started = await startHttp({ limits: { ...atOnce, heartbeatMs: 10 } });
    const slow = await openRaw(started.port, request);
    await eventually(() => expect(slow.text()).toContain('event: snapshot'));
    slow.socket.pause();
    await flood(started, 1_000);
    started.clock.ms += 30_001;
    await eventually(async () =>
      expect(await started.metrics.metrics()).toContain('aperto_http_refused_total{reason="slow_reader"} 1'),
    );
    expect(await started.metrics.metrics()).toContain('aperto_http_event_streams 0');
  });
});

describe('a reader of a large site', () => {
  it('gets a snapshot that is larger than any buffer', async () => {
    const site = viaRossini();
    const seats = Array.from({ length: 20_000 }, (_, index) => ({
      id: `X${index}`,
      kind: 'seat' as const,
      zone: 'teatro',
      at: [1, 1] as const,
      maxSilenceMs: 600_000,
    }));
    const large = { ...site, devices: new Map(seats.map((seat) => [seat.id, seat])) };
    const { url, say } = await startHttp({ sites: new Map([[large.id, large]]) });
    const reader = await readEvents(url + path);
    say('seat', seatPoint('X19999', 'teatro', startOfTest, 1));
    await reader.waitFor('reading', (entry) => entry.device === 'X19999');
    expect(reader.events[0]?.entries).toHaveLength(20_000);
  });
});
