import { expect, onTestFinished, test, vi } from 'vitest';
import { viaRossini } from '../test/support/via-rossini.ts';
import { type LiveEntry, LiveState } from './live.ts';
import { LiveMirror } from './live-mirror.ts';

const mirror = (): LiveMirror => new LiveMirror(new LiveState([viaRossini]).snapshot('via-rossini'));

const seat = (device: string, time: number): LiveEntry => ({
  site: 'via-rossini',
  zone: viaRossini.devices.get(device)?.zone ?? '',
  device,
  kind: 'seat',
  measurement: 'occupancy',
  tags: { kind: 'seat' },
  fields: { occupied: 1 },
  time,
});

test('it begins with what it was given, and a change takes the place of what it changes', () => {
  const live = mirror();
  const before = live.snapshot('via-rossini');
  expect(before).toHaveLength(73);
  live.put([seat('S07', 5)]);
  const after = live.snapshot('via-rossini');
  expect(after.map(({ device }) => device)).toEqual(before.map(({ device }) => device));
  expect(after.find(({ device }) => device === 'S07')).toEqual(seat('S07', 5));
  expect(live.snapshot('elsewhere')).toEqual([]);
});

test('a new series stands behind the others of its device', () => {
  const live = mirror();
  const health: LiveEntry = {
    ...seat('S01', 5),
    measurement: 'device_health',
    tags: {},
    fields: { online: 1 },
  };
  live.put([health]);
  expect(
    live
      .snapshot('via-rossini')
      .slice(0, 3)
      .map(({ device, measurement }) => [device, measurement]),
  ).toEqual([
    ['S01', 'occupancy'],
    ['S01', 'device_health'],
    ['S02', 'occupancy'],
  ]);
});

test('listeners hear each change once and in order, and no more once they stopped', () => {
  const live = mirror();
  const first: number[] = [];
  const second: number[] = [];
  const stop = live.subscribe(({ time = 0 }) => {
    first.push(time);
    if (time === 2) stop();
  });
  live.subscribe(({ time = 0 }) => second.push(time));
  live.put([seat('S01', 1), seat('S01', 2)]);
  live.put([seat('S01', 3)]);
  expect(first).toEqual([1, 2]);
  expect(second).toEqual([1, 2, 3]);
  stop();
});

test('a listener that fails neither stops the others nor the message', () => {
  const live = mirror();
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  onTestFinished(() => warned.mockRestore());
  live.subscribe(() => {
    throw new Error('the page is gone');
  });
  const heard: LiveEntry[] = [];
  live.subscribe((entry) => heard.push(entry));
  live.put([seat('S07', 1)]);
  expect(heard).toHaveLength(1);
  expect(warned.mock.calls).toEqual([[new Error('the page is gone')]]);
});
