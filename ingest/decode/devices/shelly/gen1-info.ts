import { nothing } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { Gatherer, isRecord, type Speaker, valueAt } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { type Rule, rule } from '../../rule.ts';
import { fromEpochSeconds } from '../../time.ts';
import { gen1Source } from './gen1.ts';
import { type Channel, channelOf, emeterOf, rememberFahrenheit, rememberThreePhase } from './gen1-channel.ts';

/** Figures of the device itself. Its addresses, its network's name and its MAC stand beside them and stay there. */
const deviceRules = [
  // 0 where the device is on Ethernet or asleep.
  rule('wifi_sta.rssi', 'dBm', 'device_health', 'signal_dbm', {}, { absent: [0] }),
  rule('uptime', 's', 'device_health', 'uptime_s'),
  rule('bat.value', '%', 'device_health', 'battery_pct', {}, { absent: [-1] }),
  rule('bat.voltage', 'V', 'device_health', 'battery_v'),
  rule('temperature', '°C', 'device_health', 'temperature_c', {}, { absent: [999] }),
  rule('voltage', 'V', 'power', 'voltage_v', { phase: 'total' }),
];
const airRules = {
  C: [rule('tmp.value', '°C', 'weather', 'temperature_c', {}, { absent: [999] })],
  F: [rule('tmp.value', '°F', 'weather', 'temperature_c', {}, { absent: [999] })],
};
const humidityRules = [rule('hum.value', '%', 'weather', 'humidity_pct', {}, { absent: [999] })];
const luxRules = [rule('lux.value', 'lx', 'weather', 'illuminance_lx', {}, { absent: [-1] })];
const motionRules = [rule('sensor.motion', 'bool', 'occupancy', 'occupied')];

/** Of a 3EM: the sum, as the device has it. */
const totalRules = [rule('total_power', 'W', 'power', 'active_power_w', { phase: 'total' })];

const meterRules = [
  rule('power', 'W', 'power', 'active_power_w', { phase: 'total' }),
  rule('total', 'W·min', 'power', 'energy_import_wh', { phase: 'total' }),
];
const emeterRules = (phase: Channel['phase']): Rule[] => [
  rule('power', 'W', 'power', 'active_power_w', { phase }),
  rule('reactive', 'var', 'power', 'reactive_power_var', { phase }),
  rule('pf', '1', 'power', 'power_factor', { phase }),
  rule('voltage', 'V', 'power', 'voltage_v', { phase }),
  rule('current', 'A', 'power', 'current_a', { phase }),
  rule('total', 'Wh', 'power', 'energy_import_wh', { phase }),
  rule('total_returned', 'Wh', 'power', 'energy_export_wh', { phase }),
];
const emeters = {
  total: emeterRules('total'),
  a: emeterRules('a'),
  b: emeterRules('b'),
  c: emeterRules('c'),
};

/** No Gen1 device has more channels. */
const channelsMax = 8;

const entriesOf = (payload: unknown, key: string): readonly (readonly [number, unknown])[] => {
  const list = valueAt(payload, [key]);
  return Array.isArray(list) ? [...list.slice(0, channelsMax).entries()] : [];
};
const isBelieved = (part: unknown): boolean => valueAt(part, ['is_valid']) !== false;

const gatherAir = (gatherer: Gatherer, speaker: Speaker, payload: unknown): void => {
  if (!isBelieved(valueAt(payload, ['tmp']))) return;
  gatherer.apply(speaker, payload, airRules[valueAt(payload, ['tmp', 'units']) === 'F' ? 'F' : 'C']);
};

const gatherInfo = (gatherer: Gatherer, speaker: Speaker, payload: unknown, memory: Memory): void => {
  const { device, time } = speaker;
  gatherer.apply(speaker, payload, deviceRules);
  gatherAir(gatherer, speaker, payload);
  if (isBelieved(valueAt(payload, ['hum']))) gatherer.apply(speaker, payload, humidityRules);
  if (isBelieved(valueAt(payload, ['lux']))) gatherer.apply(speaker, payload, luxRules);
  // A motion sensor that sleeps says "no motion" without looking.
  if (valueAt(payload, ['sensor', 'active']) !== false && isBelieved(valueAt(payload, ['sensor'])))
    gatherer.apply(speaker, payload, motionRules);
  for (const [index, meter] of entriesOf(payload, 'meters'))
    if (isBelieved(meter))
      gatherer.apply({ device: channelOf(device, index).device, time }, meter, meterRules);
  const parts = entriesOf(payload, 'emeters');
  if (parts.length === 3) rememberThreePhase(device, memory);
  for (const [index, emeter] of parts) {
    const channel = emeterOf(device, index, memory);
    const who = channel.device === device ? speaker : { device: channel.device, time };
    if (isBelieved(emeter)) gatherer.apply(who, emeter, emeters[channel.phase]);
  }
  gatherer.apply(speaker, payload, totalRules).sumPhases(speaker);
};

const readInfo = ({ captures, payload, context: { memory } }: Incoming<unknown>) => {
  const { device = '' } = captures;
  const unit = valueAt(payload, ['tmp', 'units']);
  if (unit === 'C' || unit === 'F') rememberFahrenheit(device, unit === 'F', memory);
  // 0 until the device has asked a time server.
  const seconds = fromEpochSeconds(valueAt(payload, ['unixtime']));
  const gatherer = new Gatherer();
  gatherInfo(gatherer, { device, time: seconds === 0 ? undefined : seconds }, payload, memory);
  return gatherer.decoded();
};

const info: Definition = {
  name: 'shelly-gen1/info',
  title: 'Shelly of the first generation: its whole status',
  source: gen1Source,
  topics: ['shellies/{device}/info'],
  format: 'json',
  recognises: isRecord,
  read: readInfo,
};

const announcement: Definition = {
  name: 'shelly-gen1/announce',
  title: 'Shelly of the first generation: model and addresses, of which only the model counts',
  source: gen1Source,
  topics: ['shellies/announce', 'shellies/{device}/announce'],
  format: 'json',
  recognises: isRecord,
  read: ({ captures, payload, context }) => {
    const id = captures.device ?? valueAt(payload, ['id']);
    const named = typeof id === 'string' && id.length > 0 && id.length <= 64;
    if (named && valueAt(payload, ['model']) === 'SHEM-3') rememberThreePhase(id, context.memory);
    return nothing;
  },
};

const motionStatusRules = [
  rule('lux', 'lx', 'weather', 'illuminance_lx', {}, { absent: [-1] }),
  rule('bat', '%', 'device_health', 'battery_pct', {}, { absent: [-1] }),
];
const motionRule = [rule('motion', 'bool', 'occupancy', 'occupied')];

const motion: Definition = {
  name: 'shelly-gen1/motion',
  title: 'Shelly Motion: movement, light and battery',
  source: gen1Source,
  topics: ['shellies/{device}/status'],
  format: 'json',
  recognises: isRecord,
  read: ({ captures: { device = '' }, payload }) => {
    const gatherer = new Gatherer();
    if (valueAt(payload, ['active']) !== false) gatherer.apply({ device }, payload, motionRule);
    gatherAir(gatherer, { device }, payload);
    return gatherer.apply({ device }, payload, motionStatusRules).decoded();
  },
};

const lightRules = [rule('power', 'W', 'power', 'active_power_w', { phase: 'total' })];

const light: Definition = {
  name: 'shelly-gen1/light',
  title: 'Shelly lights of the first generation: status of one channel',
  source: gen1Source,
  topics: ['light', 'color', 'white'].map((kind) => `shellies/{device}/${kind}/{channel}/status`),
  format: 'json',
  recognises: isRecord,
  read: ({ captures: { device = '', channel = '' }, payload }) => {
    if (!/^\d$/.test(channel)) return nothing;
    const speaker = { device: channelOf(device, Number(channel)).device };
    return new Gatherer().apply(speaker, payload, lightRules).decoded();
  },
};

const others: Definition = {
  name: 'shelly-gen1/others',
  title: 'Shelly of the first generation: settings, commands and events, without a figure',
  source: gen1Source,
  topics: ['shellies/{device}/{path...}'],
  format: 'json',
  recognises: isRecord,
  read: () => nothing,
};

export const shellyGen1Objects: readonly Definition[] = [info, announcement, motion, light, others];
