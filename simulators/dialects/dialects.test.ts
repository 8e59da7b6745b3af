import { describe, expect, test } from 'vitest';
import { Listener } from '../../test/support/listener.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { fleetDevices } from '../fleet-devices.ts';
import { Greeter } from '../messages.ts';
import type { Sample } from '../sample.ts';
import { defaultCadenceS, schedule } from '../schedule.ts';
import { Street } from '../street.ts';
import { dialectOf, sourcesOf } from './index.ts';
import { dialectNames } from './names.ts';

/** An hour of a working noon: people, sun on the canopy. */
const from = Date.parse('2026-06-23T12:00:00+02:00');
const cadenceS = { ...defaultCadenceS, meter: 60 };
const samplesOf = (seed: number): readonly Sample[] => [
  ...schedule(new Street(viaRossini, seed), fleetDevices(viaRossini), from, from + 3_600_000, cadenceS),
];
const samples = samplesOf(1);
/** The first ten minutes, for bytes. */
const bytesUntil = from + 600_000;
const few = samples.filter(({ time }) => time < bytesUntil);
const others = samplesOf(2).filter(({ time }) => time < bytesUntil);
const names = dialectNames.filter((name) => name !== 'native');
const hardwareAddress = /[0-9a-f]{2}(?::[0-9a-f]{2}){5}/i;

const bytesOf = (name: string, those: readonly Sample[]): string => {
  const greeter = new Greeter(dialectOf([name], viaRossini));
  return those
    .flatMap((sample) => greeter.messagesOf(viaRossini.id, sample))
    .map(({ topic, payload }) => `${topic} ${Buffer.from(payload).toString('base64')}`)
    .join('\n');
};

const lorawan = [
  'device_health: battery_pct signal_dbm snr_db',
  'occupancy: in_total occupied out_total',
  'power: active_power_w current_a energy_export_wh energy_import_wh frequency_hz power_factor reactive_power_var voltage_v',
  'weather: co2_ppm humidity_pct pm25_ug_m3 pressure_hpa temperature_c',
];

/** What each vendor's format has of the model, by measurement. The figures themselves are compared one by one. */
const expected: Readonly<Record<string, readonly string[]>> = {
  shelly: [
    'device_health: online signal_dbm',
    'occupancy: occupied people',
    'power: active_power_w apparent_power_va current_a energy_export_wh energy_import_wh frequency_hz power_factor voltage_v',
    'weather: humidity_pct illuminance_lx temperature_c',
  ],
  'shelly-gen1': [
    'device_health: online',
    'power: active_power_w current_a energy_export_wh energy_import_wh power_factor reactive_power_var voltage_v',
  ],
  tasmota: [
    'device_health: online',
    'power: active_power_w apparent_power_va current_a energy_export_wh energy_import_wh frequency_hz power_factor reactive_power_var voltage_v',
  ],
  zigbee2mqtt: [
    'device_health: battery_pct battery_v link_quality online',
    'occupancy: occupied',
    'power: active_power_w current_a energy_export_wh energy_import_wh frequency_hz power_factor voltage_v',
  ],
  chirpstack: lorawan,
  tts: lorawan,
  homie: [
    'device_health: online',
    'weather: co2_ppm humidity_pct illuminance_lx pressure_hpa temperature_c wind_m_s',
  ],
  senml: ['weather: co2_ppm humidity_pct illuminance_lx pressure_hpa rain_mm_h temperature_c wind_m_s'],
  openwrt: [
    'access_point: clients cpu_pct memory_pct uptime_s',
    'radio: channel clients clients_weak noise_dbm signal_dbm utilization_pct',
  ],
  unifi2mqtt: ['access_point: clients', 'device_health: online'],
  mikrotik: ['access_point: clients cpu_pct uptime_s'],
  meraki: ['occupancy: people'],
  'meraki-mt': ['weather: co2_ppm humidity_pct noise_dba pm25_ug_m3 temperature_c'],
  homie5: [
    'device_health: online',
    'occupancy: occupied',
    'weather: co2_ppm humidity_pct illuminance_lx pressure_hpa temperature_c wind_m_s',
  ],
  'senml-cbor': [
    'weather: co2_ppm humidity_pct illuminance_lx pressure_hpa rain_mm_h temperature_c wind_m_s',
  ],
  homeassistant: [
    'occupancy: occupied',
    'power: active_power_w apparent_power_va current_a energy_export_wh energy_import_wh reactive_power_var voltage_v',
    'weather: co2_ppm humidity_pct illuminance_lx pm25_ug_m3 pressure_hpa temperature_c wind_m_s',
  ],
  'chirpstack-hook': lorawan,
  'tts-hook': lorawan,
  unifi: [
    'access_point: clients cpu_pct memory_pct uplink_mbit_s uptime_s',
    'device_health: online',
    'radio: channel clients clients_weak noise_dbm retries_pct rx_bytes signal_dbm tx_bytes utilization_pct',
  ],
  'meraki-scanning-2': ['access_point: devices_heard devices_heard_signal_dbm'],
  'meraki-scanning-3': ['access_point: devices_heard devices_heard_signal_dbm'],
  ngsi: [
    'occupancy: occupied people',
    'power: active_power_w apparent_power_va current_a energy_export_wh energy_import_wh frequency_hz reactive_power_var voltage_v',
    'weather: humidity_pct illuminance_lx pressure_hpa temperature_c wind_m_s',
  ],
  sparkplug: [
    'device_health: online',
    'power: active_power_w current_a energy_export_wh energy_import_wh reactive_power_var voltage_v',
  ],
};

describe.each(names)('%s', (name) => {
  test('what it says of an hour decodes to what was measured, in base units', () => {
    const listener = new Listener(viaRossini.timezone);
    const greeter = new Greeter(dialectOf([name], viaRossini));
    const sources = sourcesOf([name], viaRossini);
    for (const sample of samples) {
      const messages = greeter.messagesOf(viaRossini.id, sample);
      const identities = sources.get(sample.device.id);
      if (identities !== undefined) listener.hear(messages, sample, identities);
    }
    expect([...listener.problems].slice(0, 5)).toEqual([]);
    expect(listener.heard).toEqual(expected[name]);
    expect(listener.compared).toBeGreaterThan(100);
    const own = [...sources.values()].flat();
    expect(own.reduce((text, identity) => text.replaceAll(identity, ''), listener.said)).not.toMatch(
      hardwareAddress,
    );
  });

  test('the same seed gives the same bytes, another one others', () => {
    expect(bytesOf(name, few)).toBe(bytesOf(name, few));
    expect(bytesOf(name, others)).not.toBe(bytesOf(name, few));
  });
});

test.each(['openwrt', 'unifi', 'meraki-scanning-2', 'meraki-scanning-3'])(
  'what %s says is full of addresses of clients, which are invented',
  (name) => {
    const greeter = new Greeter(dialectOf([name], viaRossini));
    const text = samples
      .flatMap((sample) => greeter.messagesOf(viaRossini.id, sample))
      .map(({ payload }) => String(payload))
      .join();
    const addresses = text.match(new RegExp(hardwareAddress, 'g')) ?? [];
    expect(addresses.length).toBeGreaterThan(1_000);
    expect(addresses.filter((address) => !address.startsWith('02:'))).toEqual([]);
  },
);

test('devices of a kind are dealt out in turn among those that sell it; the others stay native', () => {
  const sources = sourcesOf(['shelly', 'zigbee2mqtt'], viaRossini);
  expect(sources.get('S01')?.[0]).toMatch(/^shellypresenceg4-[0-9a-f]{12}\/presencezone:200$/);
  expect(sources.get('S02')).toEqual(['via-rossini/S02']);
  expect(sources.get('S03')?.[0]).toMatch(/^shellypresenceg4-/);
  expect(sources.get('W1')?.[0]).toMatch(/^shellyhtg3-/);
  expect(sources.has('AP1')).toBe(false);
  expect(sources.has('P1')).toBe(false);
});

test('an unknown name is refused with the names that there are', () => {
  expect(() => dialectOf(['shelly', 'klingon'], viaRossini)).toThrow(
    `unknown dialect "klingon"; the dialects are ${dialectNames.join(', ')}`,
  );
});
