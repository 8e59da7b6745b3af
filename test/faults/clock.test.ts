import { expect, test } from 'vitest';
import { Decoder } from '../../ingest/decode/decoder.ts';
import { devices } from '../../ingest/decode/devices/index.ts';
import { VolatileMemory } from '../../ingest/decode/memory.ts';
import { Inventory } from '../../ingest/inventory.ts';
import { imbalance } from '../../ingest/ledger.ts';
import type { Message } from '../../ingest/message.ts';
import { decodeBody } from '../../ingest/spool/body.ts';
import type { Spool } from '../../ingest/spool/spool.ts';
import type { Point } from '../../model/point.ts';
import { messageOf, pipelineOf, receivedAt } from '../support/pipeline.ts';
import { booksOf, openSpool, range, readerOf, spoolPath } from '../support/spool.ts';
import { viaRossini } from '../support/via-rossini.ts';

const hour = 3_600_000;
const minute = 60_000;

const pointsOf = async (spool: Spool): Promise<Point[]> => {
  const { batches } = await readerOf(spool).read(0, 1e6);
  return batches.flatMap(({ body }) => decodeBody(body)).flatMap(({ points }) => points);
};

/** A pipeline whose clock a test sets; all that it takes is in the books of its spool. */
const start = async (changes: Parameters<typeof pipelineOf>[1] = {}) => {
  const path = spoolPath();
  const spool = await openSpool(path);
  const clock = { time: receivedAt, now: () => clock.time };
  const parts = pipelineOf(spool, { clock, ...changes });
  const send = (payload: unknown, message: Partial<Message> = {}) =>
    parts.pipeline.accept(messageOf(payload, { receivedAt: clock.time, ...message }));
  const settled = async (received: number): Promise<Point[]> => {
    const points = await pointsOf(spool);
    expect(imbalance(parts.ledger.view())).toBe(0);
    await spool.close();
    expect(booksOf(await openSpool(path))).toMatchObject({ received, spooled: received, imbalance: 0 });
    return points;
  };
  return { ...parts, clock, send, settled };
};

test.each([
  ['back', -hour],
  ['forward', hour],
])(
  'our clock jumps %s an hour: every reading without a time is kept apart from every other',
  async (_, jumpMs) => {
    const { clock, send, settled } = await start();
    for (const index of range(0, 20)) {
      clock.time += 1_000;
      if (index === 10) clock.time += jumpMs;
      expect(await send({ occupied: index % 2 === 0 })).toEqual({ kind: 'accepted', points: 1 });
    }
    const times = (await settled(20)).map(({ time }) => time);
    expect(new Set(times).size).toBe(20);
    expect((times[10] ?? 0) - (times[9] ?? 0)).toBe(1_000 + jumpMs);
  },
);

test('our clock falls an hour behind: a device with a good clock is not believed, its readings and its skew are kept', async () => {
  const { clock, send, settled, presence } = await start();
  clock.time -= hour;
  await send({ t: receivedAt, occupied: true });
  expect(presence.report(clock.time)[0]?.fields).toMatchObject({ clock_skew_s: 3_600, clock_trusted: 0 });
  clock.time += hour + minute;
  await send({ t: receivedAt + minute, occupied: false });
  expect(presence.report(clock.time)[0]?.fields).toMatchObject({ clock_skew_s: 0, clock_trusted: 1 });
  expect((await settled(2)).map(({ time }) => time)).toEqual([receivedAt - hour, receivedAt + minute]);
});

test('our clock runs an hour ahead: a device with a good clock is believed as late, and is right', async () => {
  const { clock, send, settled } = await start();
  clock.time += hour;
  await send({ t: receivedAt, occupied: true });
  clock.time -= hour;
  expect(await send({ t: receivedAt + 1_000, occupied: false })).toMatchObject({ kind: 'accepted' });
  expect((await settled(2)).map(({ time }) => time)).toEqual([receivedAt, receivedAt + 1_000]);
});

test('our clock was an hour ahead: the live state follows the devices at once, and nobody is heard in the future', async () => {
  const { clock, send, live, presence } = await start();
  const seat = () => live.snapshot('via-rossini').find(({ device }) => device === 'S07');
  clock.time += hour;
  await send({ occupied: true });
  clock.time -= hour;
  await send({ occupied: false });
  expect(seat()).toMatchObject({ fields: { occupied: 0 }, time: receivedAt });
  clock.time += 10 * minute;
  expect(presence.report(clock.time)[0]?.fields).toMatchObject({ last_seen_age_s: 600 });
});

test("a device's clock that jumps an hour ahead is not believed, one that falls behind is late", async () => {
  const { clock, send, settled } = await start();
  const times = [0, minute, 2 * minute].map((ms) => receivedAt + ms);
  const skews = [0, hour, -hour];
  for (const [index, time] of times.entries()) {
    clock.time = time;
    await send({ t: time + (skews[index] ?? 0), occupied: true });
  }
  expect((await settled(3)).map(({ time }) => time)).toEqual([times[0], times[1], (times[2] ?? 0) - hour]);
});

const nights = [
  ['begins', '2026-03-29T00:00:00+01:00', 4 * 60],
  ['ends', '2026-10-25T00:00:00+02:00', 6 * 60],
] as const;

/** What the clock on a wall in Rome shows, as vendors write it. */
const wall = (time: number): string =>
  new Date(time).toLocaleString('sv-SE', { timeZone: viaRossini.timezone }).replace(' ', 'T');

test.each(nights)(
  'the night in which summer time %s: a device that tells local time without an offset',
  async (_, from, minutes) => {
    const meter = viaRossini.devices.get('M1');
    if (meter === undefined) throw new Error('the site has no meter M1');
    const site = { ...viaRossini, devices: new Map([['M1', { ...meter, sources: ['presa-bar'] }]]) };
    const memory = new VolatileMemory(100);
    const { clock, send, settled } = await start({
      inventory: new Inventory(new Map([[site.id, site]])),
      decoder: new Decoder({ definitions: devices, memory, timezone: site.timezone }),
    });
    const times = range(0, minutes).map((index) => Date.parse(from) + index * minute);
    for (const [index, time] of times.entries()) {
      clock.time = time + 400;
      const payload = { Time: wall(time), ENERGY: { Total: index / 10, Power: index } };
      expect(await send(payload, { topic: 'tele/presa-bar/SENSOR' })).toMatchObject({ kind: 'accepted' });
    }
    const points = (await settled(minutes)).filter(({ measurement }) => measurement === 'power');
    expect(points.map(({ time }) => time)).toEqual(times);
  },
);

test.each(nights)(
  'the night in which summer time %s: a device that tells its offset',
  async (_, from, minutes) => {
    const { clock, send, settled } = await start();
    const times = range(0, minutes).map((index) => Date.parse(from) + index * minute);
    for (const time of times) {
      clock.time = time + 400;
      const offset = (Date.parse(`${wall(time)}Z`) - time) / hour;
      await send({ t: `${wall(time)}+0${offset}:00`, occupied: true });
    }
    expect((await settled(minutes)).map(({ time }) => time)).toEqual(times);
  },
);
