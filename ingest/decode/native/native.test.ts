import { expect, test } from 'vitest';
import { kinds } from '../../../model/topic.ts';
import { decodeNative } from './native.ts';

const topicOf = (kind: string, device = 'X1'): string => `aperto/1/via-rossini/${kind}/${device}`;
const decode = (kind: string, payload: unknown) =>
  decodeNative(topicOf(kind), Buffer.from(JSON.stringify(payload)));
/** Readings as [measurement, tags, fields]. */
const readingsOf = (kind: string, payload: unknown) => {
  const decoded = decode(kind, payload);
  if (decoded.kind !== 'readings') throw new Error(JSON.stringify(decoded));
  return decoded.readings.map(({ measurement, tags, fields }) => [measurement, tags, fields]);
};

test('a reading names the site and device of its topic, and has no time of its own without t', () => {
  expect(decode('seat', { occupied: true })).toEqual({
    kind: 'readings',
    readings: [
      {
        site: 'via-rossini',
        device: 'X1',
        measurement: 'occupancy',
        tags: { kind: 'seat' },
        fields: { occupied: 1 },
      },
    ],
  });
});

test('a seat: yes and no are 1 and 0, and what is about the device stands apart', () => {
  expect(
    readingsOf('seat', { occupied: false, people: 0, dwell_s: 1.5, battery_pct: 80, signal_dbm: -70 }),
  ).toEqual([
    ['occupancy', { kind: 'seat' }, { occupied: 0, people: 0, dwell_s: 1.5 }],
    ['device_health', {}, { battery_pct: 80, signal_dbm: -70 }],
  ]);
});

test('a counter', () => {
  expect(readingsOf('counter', { people: 3, in_total: 4_294_967_294, out_total: 0 })).toEqual([
    ['occupancy', { kind: 'counter' }, { people: 3, in_total: 4_294_967_294, out_total: 0 }],
  ]);
});

test('an access point: as a whole, and each radio by its band; its uptime is its own', () => {
  const radios = { '2.4': { channel: 11, noise_dbm: -95.5 }, '5': {}, '6': { clients: 0 } };
  expect(readingsOf('access-point', { clients: 7, uptime_s: 60, radios })).toEqual([
    ['access_point', {}, { clients: 7, uptime_s: 60 }],
    ['radio', { band: '6' }, { clients: 0 }],
    ['radio', { band: '2.4' }, { channel: 11, noise_dbm: -95.5 }],
  ]);
});

test('a probe: with a target of its own, and without', () => {
  expect(readingsOf('probe', { target: 'dns.example', latency_ms: 12.5, jitter_ms: 1, loss_pct: 0 })).toEqual(
    [['probe', { target: 'dns.example' }, { latency_ms: 12.5, jitter_ms: 1, loss_pct: 0 }]],
  );
  expect(readingsOf('probe', { loss_pct: 100 })).toEqual([['probe', {}, { loss_pct: 100 }]]);
});

test('a meter: the total and its phases', () => {
  const phases = { a: { voltage_v: 231.5 }, c: { active_power_w: -1_500, power_factor: -0.98 } };
  expect(readingsOf('meter', { active_power_w: 0, energy_import_wh: 1e12, phases })).toEqual([
    ['power', { phase: 'total' }, { active_power_w: 0, energy_import_wh: 1e12 }],
    ['power', { phase: 'a' }, { voltage_v: 231.5 }],
    ['power', { phase: 'c' }, { active_power_w: -1_500, power_factor: -0.98 }],
  ]);
});

test('a mast', () => {
  expect(
    readingsOf('weather', { temperature_c: -60, humidity_pct: 100, rain_mm_h: 0, battery_v: 3.6 }),
  ).toEqual([
    ['weather', {}, { temperature_c: -60, humidity_pct: 100, rain_mm_h: 0 }],
    ['device_health', {}, { battery_v: 3.6 }],
  ]);
});

test('a status', () => {
  expect(readingsOf('status', { online: false, battery_pct: 12.5, uptime_s: 0 })).toEqual([
    ['device_health', {}, { online: 0, battery_pct: 12.5, uptime_s: 0 }],
  ]);
});

test('parts without the whole are readings too', () => {
  expect(readingsOf('access-point', { radios: { '5': { channel: 36 } } })).toEqual([
    ['radio', { band: '5' }, { channel: 36 }],
  ]);
  expect(readingsOf('meter', { phases: { b: { current_a: 4 } } })).toEqual([
    ['power', { phase: 'b' }, { current_a: 4 }],
  ]);
});

const rejections: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['seat', {}, 'no_reading', /no field of a seat/],
  ['seat', { t: 1 }, 'no_reading', /no field of a seat/],
  ['meter', { phases: {} }, 'no_reading', /no field of a meter/],
  [
    'access-point',
    { radios: { '5': {} } },
    'no_reading',
    /no field of a access-point|no field of an access-point/,
  ],
  ['probe', { target: 'internet' }, 'no_reading', /no field of a probe/],
  ['seat', [], 'wrong_type', /^the payload: .*expected object/],
  ['seat', null, 'wrong_type', /^the payload: .*expected object/],
  ['seat', 'free', 'wrong_type', /^the payload: .*expected object/],
  ['seat', 1, 'wrong_type', /^the payload: .*expected object/],
  ['seat', [{ occupied: true }], 'wrong_type', /^the payload: .*expected object/],
  ['seat', { occupied: 1 }, 'wrong_type', /^occupied: .*expected boolean/],
  ['seat', { occupied: 'true' }, 'wrong_type', /^occupied: .*expected boolean/],
  ['seat', { occupied: null }, 'wrong_type', /^occupied: .*expected boolean/],
  ['seat', { people: '2' }, 'wrong_type', /^people: .*expected number/],
  ['seat', { people: 1.5 }, 'wrong_type', /^people: expected a whole number \(got 1\.5\)/],
  ['seat', { people: null }, 'wrong_type', /^people: .*expected number/],
  ['seat', { people: {} }, 'wrong_type', /^people: .*expected number/],
  ['seat', { people: -1 }, 'out_of_limits', /^people: .*\(got -1\)/],
  ['counter', { in_total: 4_294_967_295 }, 'out_of_limits', /^in_total: .*\(got 4294967295\)/],
  ['counter', { occupied: true }, 'unknown_field', /"occupied" is no key/],
  ['weather', { temperature_c: 85 }, 'out_of_limits', /^temperature_c: .*\(got 85\)/],
  ['weather', { humidity_pct: 100.1 }, 'out_of_limits', /^humidity_pct: /],
  [
    'meter',
    { phases: { a: { voltage_v: 70_000 } } },
    'out_of_limits',
    /^phases\.a\.voltage_v: .*\(got 70000\)/,
  ],
  ['meter', { phases: { d: {} } }, 'unknown_field', /^phases: "d" is no key/],
  ['meter', { phases: [] }, 'wrong_type', /^phases: /],
  ['meter', { phases: { a: null } }, 'wrong_type', /^phases\.a: /],
  ['access-point', { radios: { '2': { channel: 1 } } }, 'unknown_field', /^radios: a key is no key/],
  ['access-point', { radios: null }, 'wrong_type', /^radios: /],
  ['access-point', { battery_pct: 5 }, 'unknown_field', /"battery_pct" is no key/],
  ['probe', { latency_ms: 1, target: 'a b' }, 'wrong_type', /^target: /],
  ['probe', { latency_ms: 1, target: '' }, 'wrong_type', /^target: /],
  ['probe', { latency_ms: 1, target: 'x'.repeat(65) }, 'wrong_type', /^target: /],
  ['status', { online: 1 }, 'wrong_type', /^online: /],
];

test.each(rejections)('%s %j is set aside as %s', (kind, payload, reason, detail) => {
  const decoded = decode(kind, payload);
  expect(decoded).toMatchObject({ kind: 'rejected', reason });
  if (decoded.kind === 'rejected') expect(decoded.detail).toMatch(detail);
});

test('one wrong value sets the whole message aside: half a reading could mislead', () => {
  expect(decode('seat', { occupied: true, people: -1 })).toMatchObject({ reason: 'out_of_limits' });
});

test('a topic of somebody else is unknown before the payload is looked at', () => {
  expect(decodeNative('shellies/x/relay/0', Buffer.from('on'))).toEqual({ kind: 'unknown' });
  expect(decodeNative(topicOf('door'), Buffer.from('{}'))).toEqual({ kind: 'unknown' });
});

test('every kind has a schema', () => {
  for (const kind of kinds) expect(decode(kind, {})).toMatchObject({ reason: 'no_reading' });
});
