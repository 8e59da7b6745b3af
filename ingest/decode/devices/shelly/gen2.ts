import { nothing } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { Gatherer, type Speaker, valueAt } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { type Rule, rule } from '../../rule.ts';
import { fromEpochSeconds } from '../../time.ts';

const total = { phase: 'total' } as const;

const phaseRules = (phase: 'a' | 'b' | 'c'): Rule[] => [
  rule(`${phase}_act_power`, 'W', 'power', 'active_power_w', { phase }),
  rule(`${phase}_aprt_power`, 'VA', 'power', 'apparent_power_va', { phase }),
  rule(`${phase}_voltage`, 'V', 'power', 'voltage_v', { phase }),
  rule(`${phase}_current`, 'A', 'power', 'current_a', { phase }),
  rule(`${phase}_pf`, '1', 'power', 'power_factor', { phase }),
  rule(`${phase}_freq`, 'Hz', 'power', 'frequency_hz', { phase }),
];

const phaseEnergyRules = (phase: 'a' | 'b' | 'c'): Rule[] => [
  rule(`${phase}_total_act_energy`, 'Wh', 'power', 'energy_import_wh', { phase }),
  rule(`${phase}_total_act_ret_energy`, 'Wh', 'power', 'energy_export_wh', { phase }),
];

const onePhaseRules = [
  rule('act_power', 'W', 'power', 'active_power_w', total),
  rule('apower', 'W', 'power', 'active_power_w', total),
  rule('aprt_power', 'VA', 'power', 'apparent_power_va', total),
  rule('aprtpower', 'VA', 'power', 'apparent_power_va', total),
  rule('voltage', 'V', 'power', 'voltage_v', total),
  rule('current', 'A', 'power', 'current_a', total),
  rule('pf', '1', 'power', 'power_factor', total),
  rule('freq', 'Hz', 'power', 'frequency_hz', total),
];

/** Fields of each component by its type: the part of its key before the colon. */
const components: Readonly<Record<string, readonly Rule[]>> = {
  em: [
    ...(['a', 'b', 'c'] as const).flatMap(phaseRules),
    rule('total_act_power', 'W', 'power', 'active_power_w', total),
    rule('total_aprt_power', 'VA', 'power', 'apparent_power_va', total),
    rule('total_current', 'A', 'power', 'current_a', total),
  ],
  emdata: [
    ...(['a', 'b', 'c'] as const).flatMap(phaseEnergyRules),
    rule('total_act', 'Wh', 'power', 'energy_import_wh', total),
    rule('total_act_ret', 'Wh', 'power', 'energy_export_wh', total),
  ],
  em1: onePhaseRules,
  em1data: [
    rule('total_act_energy', 'Wh', 'power', 'energy_import_wh', total),
    rule('total_act_ret_energy', 'Wh', 'power', 'energy_export_wh', total),
  ],
  pm1: onePhaseRules,
  switch: onePhaseRules,
  cover: onePhaseRules,
  light: onePhaseRules,
  presencezone: [
    rule('num_objects', 'persons', 'occupancy', 'people'),
    rule('value', 'bool', 'occupancy', 'occupied'),
  ],
  illuminance: [rule('lux', 'lx', 'weather', 'illuminance_lx')],
  temperature: [rule('tC', '°C', 'weather', 'temperature_c')],
  humidity: [rule('rh', '%', 'weather', 'humidity_pct')],
  devicepower: [
    rule('battery.percent', '%', 'device_health', 'battery_pct'),
    rule('battery.V', 'V', 'device_health', 'battery_v'),
  ],
  wifi: [rule('rssi', 'dBm', 'device_health', 'signal_dbm')],
  sys: [rule('uptime', 's', 'device_health', 'uptime_s')],
};

/** The meter and its energy counters are two components of one channel. */
const channelTypes: Readonly<Record<string, string>> = { emdata: 'em', em1data: 'em1' };
const ofTheDevice = new Set(['wifi', 'sys', 'devicepower']);

const gather = (
  gatherer: Gatherer,
  device: string,
  key: string,
  status: unknown,
  incoming: Incoming<unknown>,
  time?: number,
): void => {
  const [type = '', id = '0'] = key.split(':');
  const rules = Object.hasOwn(components, type) ? components[type] : undefined;
  if (rules === undefined) return;
  const channel = `${channelTypes[type] ?? type}:${id}`;
  const speaker = { device: id === '0' || ofTheDevice.has(type) ? device : `${device}/${channel}`, time };
  gatherer.apply(speaker, status, rules);
  gatherEnergy(gatherer, speaker, status, incoming.context.memory);
};

/**
 * `aenergy` counts both directions, so what was taken is the rest after `ret_aenergy`. A delta may carry either
 * alone: the other is the one last heard.
 */
const gatherEnergy = (gatherer: Gatherer, speaker: Speaker, status: unknown, memory: Memory): void => {
  const key = `shelly/${speaker.device}`;
  const [knownAll, knownReturned] = pairOf(memory.get(key));
  const heardAll = numberOr(valueAt(status, ['aenergy', 'total']));
  const heardReturned = numberOr(valueAt(status, ['ret_aenergy', 'total']));
  if (heardAll === undefined && heardReturned === undefined) return;
  const all = heardAll ?? knownAll;
  const returned = heardReturned ?? knownReturned;
  memory.set(key, [all ?? null, returned ?? null]);
  if (all !== undefined) {
    const taken = Number((all - (returned ?? 0)).toPrecision(12));
    gatherer.add(speaker, 'power', 'energy_import_wh', taken, total);
  }
  if (returned !== undefined) gatherer.add(speaker, 'power', 'energy_export_wh', returned, total);
};

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const pairOf = (value: unknown): [number | undefined, number | undefined] =>
  Array.isArray(value) ? [numberOr(value[0]), numberOr(value[1])] : [undefined, undefined];

const source = 'Shelly API documentation, Gen2+ components and services; MQTT service';

const componentStatus: Definition = {
  name: 'shelly-gen2/status',
  title: 'Shelly Plus, Pro, Gen3 and Gen4: status of one component',
  source,
  topics: ['{device...}/status/{component}'],
  format: 'json',
  recognises: (payload) => typeof payload === 'object' && payload !== null && !Array.isArray(payload),
  read: (incoming) => {
    const { device = '', component = '' } = incoming.captures;
    const gatherer = new Gatherer();
    gather(gatherer, device, component, incoming.payload, incoming);
    return gatherer.decoded();
  },
};

const notification: Definition = {
  name: 'shelly-gen2/events',
  title: 'Shelly Plus, Pro, Gen3 and Gen4: what changed (NotifyStatus) or all of it (NotifyFullStatus)',
  source,
  topics: ['{device...}/events/rpc'],
  format: 'json',
  read: (incoming) => {
    const method = valueAt(incoming.payload, ['method']);
    const parameters = valueAt(incoming.payload, ['params']);
    if (method !== 'NotifyStatus' && method !== 'NotifyFullStatus') return nothing;
    if (typeof parameters !== 'object' || parameters === null) return nothing;
    const { device = '' } = incoming.captures;
    const time = fromEpochSeconds(valueAt(parameters, ['ts']));
    const gatherer = new Gatherer();
    for (const [key, status] of Object.entries(parameters))
      gather(gatherer, device, key, status, incoming, time);
    return gatherer.decoded();
  },
};

const online: Definition = {
  name: 'shelly/online',
  title: 'Shelly, all generations: whether it is connected',
  source,
  topics: ['shellies/{device}/online', '{device...}/online'],
  format: 'text',
  recognises: (payload) => payload === 'true' || payload === 'false',
  read: ({ captures, payload }) => {
    const { device = '' } = captures;
    return new Gatherer().add({ device }, 'device_health', 'online', Number(payload === 'true')).decoded();
  },
};

export const shellyGen2: readonly Definition[] = [componentStatus, notification, online];
