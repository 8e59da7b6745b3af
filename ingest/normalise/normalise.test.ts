import { expect, test } from 'vitest';
import type { Reading } from '../../model/point.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { Inventory } from '../inventory.ts';
import { normalise } from './normalise.ts';

const receivedAt = Date.parse('2026-06-23T08:00:00Z');
const inventory = new Inventory(new Map([[viaRossini.id, viaRossini]]));

const deviceOf = (id: string) => {
  const device = viaRossini.devices.get(id);
  if (device === undefined) throw new Error(`the site has no ${id}`);
  return device;
};

const reading = (changes: Partial<Reading> = {}): Reading => ({
  site: 'via-rossini',
  device: 'S07',
  measurement: 'occupancy',
  tags: { kind: 'seat' },
  fields: { occupied: 1 },
  ...changes,
});

const place = (topic: string, ...readings: readonly Reading[]) =>
  normalise(topic, readings, receivedAt, inventory);
const native = (kind: string, device: string): string => `aperto/1/via-rossini/${kind}/${device}`;
const pointsOf = (result: ReturnType<typeof place>) => result.placements.flatMap(({ points }) => points);

test('a reading gets the tags of its place and the time of receipt', () => {
  expect(place(native('seat', 'S07'), reading())).toMatchObject({
    placements: [
      {
        device: { id: 'S07' },
        points: [
          {
            measurement: 'occupancy',
            tags: { site: 'via-rossini', zone: 'teatro', device: 'S07', kind: 'seat' },
            fields: { occupied: 1 },
            time: receivedAt,
          },
        ],
      },
    ],
    unplaced: [],
    trusted: false,
  });
});

test.each([
  ['a site that is not configured', 'seat', { site: 'elsewhere' }, 'unknown_site'],
  ['a device that the site does not place', 'seat', { device: 'S99' }, 'unknown_device'],
  ['a device under the kind of another', 'counter', {}, 'wrong_kind'],
  ['a name that every object has', 'seat', { device: 'constructor' }, 'unknown_device'],
])('%s is set aside', (_, kind, changes, reason) => {
  const result = place(native(kind, 'S07'), reading(changes));
  expect(result).toMatchObject({ placements: [], unplaced: [{ why: { reason } }] });
});

test('a message of two devices, one of which nobody placed, stands for the other', () => {
  const result = place('hooks/unifi', reading(), reading({ device: 'S99' }));
  expect(result.placements.map(({ device }) => device.id)).toEqual(['S07']);
  expect(result.unplaced.map(({ reading }) => reading.device)).toEqual(['S99']);
});

test("a vendor's identity is the source of a device in the site file; people at a seat take it", () => {
  const seat = { ...deviceOf('S07'), sources: ['desk-7', 'desk-7/left'] };
  const site = { ...viaRossini, devices: new Map([['S07', seat]]) };
  const { site: _, ...vendors } = reading({ device: 'desk-7/left', tags: {}, fields: { people: 2 } });
  const { placements } = normalise(
    'shelly/x',
    [vendors],
    receivedAt,
    new Inventory(new Map([[site.id, site]])),
  );
  expect(placements[0]?.points[0]).toMatchObject({
    tags: { device: 'S07', zone: 'teatro', kind: 'seat' },
    fields: { people: 2, occupied: 1 },
  });
});

test('a status may speak of any kind of device', () => {
  const health = reading({ measurement: 'device_health', tags: {}, fields: { online: 1 } });
  expect(pointsOf(place(native('status', 'S07'), health))[0]?.tags).toEqual({
    site: 'via-rossini',
    zone: 'teatro',
    device: 'S07',
  });
});

test('a probe that names no target asked the one of the site file', () => {
  const probe = reading({ device: 'P1', measurement: 'probe', tags: {}, fields: { latency_ms: 9 } });
  const topic = native('probe', 'P1');
  expect(pointsOf(place(topic, probe))[0]?.tags.target).toBe('internet');
  const named = pointsOf(place(topic, { ...probe, tags: { target: 'dns' } }));
  expect(named[0]?.tags.target).toBe('dns');
  expect(pointsOf(place(topic, probe))[0]?.tags.target).toBe('internet');
});

test('each reading has its own time; the clock is judged by the first', () => {
  const readings = [receivedAt - 1_000, 0, receivedAt - 5_000].map((time) => reading({ time }));
  const result = place(native('seat', 'S07'), ...readings);
  expect(pointsOf(result).map(({ time }) => time)).toEqual([
    receivedAt - 1_000,
    receivedAt,
    receivedAt - 5_000,
  ]);
  expect(result.placements[0]?.clock).toMatchObject({ trusted: true, skewMs: -1_000 });
  expect(result.trusted).toBe(false);
});

test('a record of the past is a point and never touches the live state', () => {
  const { placements } = place(
    native('seat', 'S07'),
    reading({ backfill: true, time: receivedAt - 60_000 }),
    reading(),
  );
  expect(placements[0]?.points.map(({ time }) => time)).toEqual([receivedAt - 60_000, receivedAt]);
  expect(placements[0]?.live.map(({ time }) => time)).toEqual([receivedAt]);
});

test('series of one device are not taken for one another, whatever their tags hold', () => {
  const topic = native('probe', 'P2');
  const probe = (target: string) =>
    reading({ device: 'P2', measurement: 'probe', tags: { target }, fields: { latency_ms: 1 } });
  const targets = ['a', 'a\u0000', '', 'b', 'a'];
  expect(targets.map((target) => pointsOf(place(topic, probe(target)))[0]?.tags.target)).toEqual(targets);
});
