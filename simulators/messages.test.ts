import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Site } from '../model/site.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { type Message, messages } from './messages.ts';

const hour = 3_600_000;
/** The first hour of an event day. */
const from = Date.parse('2026-06-23T10:00:00+02:00');

const produce = (
  options: { from?: number; to?: number; seed?: number; site?: Site; devices?: number } = {},
): Message[] => [...messages({ site: viaRossini, from, to: from + hour, ...options })];
/** What the tests look at most, produced once. */
const usual = produce();
const text = (those: readonly Message[]): string =>
  those.map(({ topic, payload }) => `${topic} ${payload}\n`).join('');
const hash = (those: readonly Message[]): string =>
  createHash('sha256').update(text(those)).digest('hex').slice(0, 16);
const of = (those: readonly Message[], ...devices: readonly string[]): string =>
  text(those.filter(({ device }) => devices.includes(device)));

test('the same seed and span give the same bytes, as they were written down', () => {
  expect(hash(usual)).toBe('03cb57b8c25f3568');
  expect(text(produce({ seed: 1 }))).toBe(text(usual));
});

test('another seed gives another street', () => {
  const [one, two] = [usual, produce({ seed: 2 })];
  expect(hash(two)).not.toBe(hash(one));
  expect(of(two, 'S07')).not.toBe(of(one, 'S07'));
  expect(of(two, 'W1')).not.toBe(of(one, 'W1'));
});

test('two spans in a row give what one gives, wherever they are cut', () => {
  const cut = from + 1_234_567;
  expect(text([...produce({ to: cut }), ...produce({ from: cut })])).toBe(text(usual));
});

test('messages come in order of time and each within the span', () => {
  const times = usual.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]).toBeGreaterThanOrEqual(from);
  expect(times.at(-1)).toBeLessThan(from + hour);
});

test('every device of the site reports at its own cadence', () => {
  const counts = new Map<string, number>();
  for (const { topic } of usual) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const of = (name: string): number | undefined => counts.get(`aperto/1/via-rossini/${name}`);
  expect(counts.size).toBe(viaRossini.devices.size + viaRossini.seats.length);
  expect(of('meter/M1')).toBe(360);
  expect(of('access-point/AP1')).toBe(120);
  expect(of('probe/P1')).toBe(120);
  expect(of('counter/C1')).toBe(60);
  expect(of('weather/W1')).toBe(60);
  expect(of('status/S01')).toBe(4);
});

test('seats report changes at once, besides their heartbeat', () => {
  const changes = usual.filter(({ kind, time }) => kind === 'seat' && time % 1000 === 500);
  expect(changes.length).toBeGreaterThan(20);
  const before = new Map<string, string>();
  let turned = 0;
  for (const { device, kind, payload, time } of usual) {
    if (kind !== 'seat') continue;
    const state = String(payload).replace(/"t":\d+,/, '');
    if (time % 1000 === 500 && before.has(device)) {
      expect(state, `${device} at ${time}`).not.toBe(before.get(device));
      turned++;
    } else if (before.has(device)) expect(state, `${device} at ${time}`).toBe(before.get(device));
    before.set(device, state);
  }
  expect(turned).toBeGreaterThan(20);
});

test('the device time is the time of the message', () => {
  for (const { payload, time } of produce({ to: from + 60_000 }))
    expect(String(payload)).toContain(`{"t":${time},`);
});

test('a device that is added leaves the others as they were', () => {
  const seat = { id: 'S49', zone: 'teatro', at: [26, 4] } satisfies Site['seats'][number];
  const mast = { id: 'W2', zone: 'fontana', at: [140, 7] } satisfies Site['weather'][number];
  const larger = siteWith({ seats: [...viaRossini.seats, seat], weather: [...viaRossini.weather, mast] }, [
    { ...seat, kind: 'seat', maxSilenceMs: 600_000 },
    { ...mast, kind: 'weather', maxSilenceMs: 600_000 },
  ]);
  const [before, after] = [usual, produce({ site: larger })];
  expect(of(after, 'S49', 'W2')).not.toBe('');
  for (const { id } of viaRossini.seats) expect(of(after, id)).toBe(of(before, id));
  for (const { id } of viaRossini.meters.slice(2, 6)) expect(of(after, id), id).toBe(of(before, id));
});

const siteWith = (
  lists: Partial<Site>,
  added: readonly (Site['devices'] extends ReadonlyMap<string, infer D> ? D : never)[],
): Site => ({
  ...viaRossini,
  ...lists,
  devices: new Map([...viaRossini.devices, ...added.map((device) => [device.id, device] as const)]),
});

test('fewer devices than the site has keep all kinds, more are replicas one second behind', () => {
  const few = new Set(produce({ devices: 20 }).map(({ kind }) => kind));
  expect(few.size).toBeGreaterThanOrEqual(6);
  const many = produce({ devices: 150 });
  expect(new Set(many.map(({ device }) => device)).size).toBe(150);
  const first = many.filter(({ device }) => device === 'S07').filter(({ time }) => time % 1000 === 500);
  const second = many.filter(({ device }) => device === 'S07-2').filter(({ time }) => time % 1000 === 500);
  expect(second.map(({ time }) => time - 1000)).toEqual(first.map(({ time }) => time));
});
