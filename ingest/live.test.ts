import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import type { Fields, Point, Tags } from '../model/point.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { type LiveEntry, LiveState } from './live.ts';

const live = (): LiveState => new LiveState([viaRossini]);
const place = (device: string): Tags => ({
  site: 'via-rossini',
  zone: viaRossini.devices.get(device)?.zone ?? '',
  device,
});
const seat = (device: string, time: number, fields: Fields): Point => ({
  measurement: 'occupancy',
  tags: { ...place(device), kind: 'seat' },
  fields,
  time,
});
const probe = (target: string, time: number): Point => ({
  measurement: 'probe',
  tags: { ...place('P1'), target },
  fields: { latency_ms: 5 },
  time,
});
const entryOf = (state: LiveState, device: string): LiveEntry | undefined =>
  state.snapshot('via-rossini').find((entry) => entry.device === device);

test('every device is there before the first message, in the order of the site file, without a time', () => {
  const entries = live().snapshot('via-rossini');
  expect(entries.map(({ device }) => device)).toEqual([...viaRossini.devices.keys()]);
  expect(entries).toHaveLength(48 + 4 + 6 + 6 + 8 + 1);
  expect(entries.every(({ time, fields }) => time === undefined && Object.keys(fields).length === 0)).toBe(
    true,
  );
  expect(entryOf(live(), 'P1')).toMatchObject({ measurement: 'probe', tags: { target: 'internet' } });
  expect(entryOf(live(), 'M1')).toMatchObject({ measurement: 'power', tags: { phase: 'total' } });
});

test('a site that nobody configured has no devices', () => {
  expect(live().snapshot('elsewhere')).toEqual([]);
});

test('news replace what was known, and what they do not speak of stays', () => {
  const state = live();
  state.update('seat', [seat('S07', 100, { occupied: 1, people: 2 })]);
  state.update('seat', [seat('S07', 200, { occupied: 0 })]);
  expect(entryOf(state, 'S07')).toEqual({
    site: 'via-rossini',
    zone: 'teatro',
    device: 'S07',
    kind: 'seat',
    measurement: 'occupancy',
    tags: { kind: 'seat' },
    fields: { occupied: 0, people: 2 },
    time: 200,
  });
});

test('late data never changes it, not even a field that is not known yet', () => {
  const state = live();
  state.update('seat', [seat('S07', 200, { occupied: 0 })]);
  state.takeChanges();
  state.update('seat', [seat('S07', 199, { occupied: 1, dwell_s: 9 })]);
  expect(entryOf(state, 'S07')).toMatchObject({ fields: { occupied: 0 }, time: 200 });
  expect(entryOf(state, 'S07')?.fields).not.toHaveProperty('dwell_s');
  expect(state.takeChanges()).toEqual([]);
});

test('two points of one time are one state', () => {
  const state = live();
  state.update('seat', [seat('S07', 200, { occupied: 0 }), seat('S07', 200, { people: 1 })]);
  expect(entryOf(state, 'S07')).toMatchObject({ fields: { occupied: 0, people: 1 }, time: 200 });
});

test('a snapshot is not changed by what comes after it', () => {
  const state = live();
  state.update('seat', [seat('S07', 100, { occupied: 1 })]);
  const before = entryOf(state, 'S07');
  state.update('seat', [seat('S07', 200, { occupied: 0 })]);
  expect(before).toMatchObject({ fields: { occupied: 1 }, time: 100 });
});

test('further series stand behind the primary one of their device', () => {
  const state = live();
  const phase = (name: string): Point => ({
    measurement: 'power',
    tags: { ...place('M1'), phase: name },
    fields: { active_power_w: 1 },
    time: 5,
  });
  state.update('meter', [phase('b'), phase('a'), phase('total')]);
  const entries = state.snapshot('via-rossini').filter(({ device }) => device === 'M1');
  expect(entries.map(({ tags }) => tags.phase)).toEqual(['total', 'b', 'a']);
  expect(entries.map(({ time }) => time)).toEqual([5, 5, 5]);
});

test('changes are told once, as they are when they are taken', () => {
  const state = live();
  state.update('seat', [seat('S02', 1, { occupied: 1 }), seat('S01', 1, { occupied: 1 })]);
  state.update('seat', [seat('S02', 2, { people: 3 })]);
  expect(state.changes).toBe(2);
  expect(state.takeChanges()).toMatchObject([
    { device: 'S02', fields: { occupied: 1, people: 3 }, time: 2 },
    { device: 'S01', fields: { occupied: 1 }, time: 1 },
  ]);
  expect(state.takeChanges()).toEqual([]);
});

test('points of a device or site that is not configured change nothing', () => {
  const state = live();
  state.update('seat', [seat('S99', 1, { occupied: 1 })]);
  state.update('seat', [{ ...seat('S01', 1, {}), tags: { ...place('S01'), site: 'elsewhere' } }]);
  expect(state.takeChanges()).toEqual([]);
  expect(state.snapshot('via-rossini')).toHaveLength(73);
});

test('what the store knows is taken without a word, and never over something newer', () => {
  const state = live();
  state.update('seat', [seat('S02', 50, { occupied: 1 })]);
  state.restore(viaRossini, [seat('S01', 9, { occupied: 1 }), seat('S02', 40, { occupied: 0 })]);
  expect(state.takeChanges()).toHaveLength(1);
  expect(entryOf(state, 'S01')).toMatchObject({ kind: 'seat', fields: { occupied: 1 }, time: 9 });
  expect(entryOf(state, 'S02')).toMatchObject({ fields: { occupied: 1 }, time: 50 });
});

test('what the store knows of a device that moved or went is left there', () => {
  const state = live();
  state.restore(viaRossini, [
    { ...seat('S01', 9, { occupied: 1 }), tags: { ...place('S01'), zone: 'portico', kind: 'seat' } },
    seat('S99', 9, { occupied: 1 }),
  ]);
  expect(entryOf(state, 'S01')?.time).toBeUndefined();
  expect(state.snapshot('via-rossini')).toHaveLength(73);
});

test('a device that makes up series without end fills the memory up to a limit', () => {
  const state = live();
  const max = limits.liveSeriesPerDeviceMax;
  for (let number = 0; number < max + 50; number++) state.update('probe', [probe(`t${number}`, number)]);
  const entries = () => state.snapshot('via-rossini').filter(({ device }) => device === 'P1');
  expect(entries()).toHaveLength(max);
  state.update('probe', [probe('internet', 7), probe('t5', 1_000)]);
  expect(entries().find(({ tags }) => tags.target === 'internet')?.time).toBe(7);
  expect(entries().find(({ tags }) => tags.target === 't5')?.time).toBe(1_000);
});

test('a field that a delta leaves out is shown until it is older than the silence allowed', () => {
  const live = new LiveState([viaRossini]);
  const at = Date.parse('2026-06-23T08:00:00Z');
  const tags = { site: 'via-rossini', zone: 'teatro', device: 'AP1' };
  const tell = (fields: Record<string, number>, time: number): void =>
    live.update('access-point', [{ measurement: 'access_point', tags, fields, time }]);
  const fieldsNow = () => live.snapshot('via-rossini').find(({ device }) => device === 'AP1')?.fields;
  tell({ clients: 40 }, at);
  tell({ cpu_pct: 7 }, at + 100_000);
  expect(fieldsNow()).toEqual({ clients: 40, cpu_pct: 7 });
  tell({ cpu_pct: 8 }, at + 200_000);
  expect(fieldsNow()).toEqual({ cpu_pct: 8 });
});
