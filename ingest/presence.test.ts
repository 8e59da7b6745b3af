import { expect, test } from 'vitest';
import { definitionOf } from '../model/measurements.ts';
import { viaRossini } from '../test/support/via-rossini.ts';
import { settleTime } from './normalise/time.ts';
import { Presence, type Sighting } from './presence.ts';

const deviceOf = (id: string) => {
  const device = viaRossini.devices.get(id);
  if (device === undefined) throw new Error(`the site has no ${id}`);
  return device;
};

/** A message of a device; `skewMs` absent where it carried no time. */
const message = (id: string, receivedAt: number, skewMs?: number): Sighting => ({
  site: viaRossini,
  device: deviceOf(id),
  clock: settleTime(skewMs === undefined ? undefined : receivedAt + skewMs, receivedAt),
});

const fieldsAt = (presence: Presence, now: number) => presence.report(now).map(({ fields }) => fields);

test('nobody was heard, nothing to report', () => {
  expect(new Presence().report(1_000)).toEqual([]);
});

test('a device that falls silent grows older in each report', () => {
  const presence = new Presence();
  presence.note(message('S07', 10_000), 10_000);
  expect(presence.report(12_500)).toEqual([
    {
      measurement: 'device_health',
      tags: { site: 'via-rossini', zone: 'teatro', device: 'S07' },
      fields: { last_seen_age_s: 2.5 },
      time: 12_500,
    },
  ]);
  expect(fieldsAt(presence, 70_000)).toEqual([{ last_seen_age_s: 60 }]);
  presence.note(message('S07', 80_000), 80_000);
  expect(fieldsAt(presence, 80_000)).toEqual([{ last_seen_age_s: 0 }]);
});

test('an age is never negative, and messages out of order do not make a device older', () => {
  const presence = new Presence();
  presence.note(message('S07', 10_000), 10_000);
  presence.note(message('S07', 9_000), 9_000);
  expect(fieldsAt(presence, 9_500)).toEqual([{ last_seen_age_s: 0 }]);
  expect(fieldsAt(presence, 11_000)).toEqual([{ last_seen_age_s: 1 }]);
});

test('the skew is that of the latest message that carried a time', () => {
  const presence = new Presence();
  presence.note(message('S07', 10_000, -1_500), 10_000);
  presence.note(message('S07', 11_000), 11_000);
  expect(fieldsAt(presence, 11_000)).toEqual([{ last_seen_age_s: 0, clock_skew_s: -1.5, clock_trusted: 1 }]);
  presence.note(message('S07', 12_000, 3_600_000), 12_000);
  expect(fieldsAt(presence, 12_000)).toEqual([{ last_seen_age_s: 0, clock_skew_s: 3_600, clock_trusted: 0 }]);
});

test('year 0001 fits the limits of the field', () => {
  const presence = new Presence();
  presence.note(message('S07', 1.78e12, -63.9e12), 1.78e12);
  const [fields] = fieldsAt(presence, 1.78e12);
  const limit = definitionOf('device_health').fields.clock_skew_s;
  expect(fields?.clock_skew_s).toBe(limit?.min);
});

test('each device has one point, in its own zone', () => {
  const presence = new Presence();
  for (const id of ['S07', 'AP3', 'S07', 'M1']) presence.note(message(id, 5), 5);
  expect(presence.report(5).map(({ tags }) => [tags.device, tags.zone])).toEqual([
    ['S07', 'teatro'],
    ['AP3', 'giardino'],
    ['M1', 'teatro'],
  ]);
});

test('a device that fell silent before a restart is still told of', () => {
  const presence = new Presence();
  const place = { site: 'via-rossini', zone: 'teatro', device: 'S07' };
  presence.restore([
    { ...place, time: 4_000 },
    { ...place, time: 3_000 },
    { ...place, device: 'S08' },
  ]);
  expect(presence.report(10_000)).toEqual([
    { measurement: 'device_health', tags: place, fields: { last_seen_age_s: 6 }, time: 10_000 },
  ]);
});
