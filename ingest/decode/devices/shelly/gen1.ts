import { type Decoded, nothing } from '../../decoded.ts';
import type { Context, Definition } from '../../definition.ts';
import { Gatherer } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';
import { gatherTotal } from './gen1-burst.ts';
import { type Channel, channelOf, emeterOf, isFahrenheit } from './gen1-channel.ts';

export const gen1Source = 'Shelly API documentation, Gen1: MQTT topics and /status of each device';

const text = { text: true } as const;
/** What a sensor that is not there reports. */
const probe = { text: true, absent: [999] } as const;
const yesNo = { words: { true: 1, false: 0, '1': 1, '0': 0 } } as const;

/** Scalars of an energy meter. `energy` and `returned_energy` count again from each start; `total` is the counter. */
const emeterRules = (phase: 'total' | 'a' | 'b' | 'c'): Readonly<Record<string, Rule>> => ({
  power: rule('power', 'W', 'power', 'active_power_w', { phase }, text),
  reactive_power: rule('reactive_power', 'var', 'power', 'reactive_power_var', { phase }, text),
  pf: rule('pf', '1', 'power', 'power_factor', { phase }, text),
  voltage: rule('voltage', 'V', 'power', 'voltage_v', { phase }, text),
  current: rule('current', 'A', 'power', 'current_a', { phase }, text),
  total: rule('total', 'Wh', 'power', 'energy_import_wh', { phase }, text),
  total_returned: rule('total_returned', 'Wh', 'power', 'energy_export_wh', { phase }, text),
});

const emeters = {
  total: emeterRules('total'),
  a: emeterRules('a'),
  b: emeterRules('b'),
  c: emeterRules('c'),
};

/** Scalars of an output with a meter, which has no counter but `energy`, in watt-minutes. */
const outputRules: Readonly<Record<string, Rule>> = {
  power: rule('power', 'W', 'power', 'active_power_w', { phase: 'total' }, text),
  energy: rule('energy', 'W·min', 'power', 'energy_import_wh', { phase: 'total' }, text),
};
const outputs = new Set(['relay', 'roller', 'light', 'white', 'color', 'meter']);

/** Scalars by the topic below the device; a channel's number is `#`. */
const scalarRules: Readonly<Record<string, Rule>> = {
  online: rule('online', 'bool', 'device_health', 'online', {}, yesNo),
  voltage: rule('voltage', 'V', 'power', 'voltage_v', { phase: 'total' }, text),
  temperature: rule('temperature', '°C', 'device_health', 'temperature_c', {}, probe),
  'adc/#': rule('adc', 'V', 'power', 'voltage_v', { phase: 'total' }, text),
  'ext_temperature/#': rule('ext_temperature', '°C', 'weather', 'temperature_c', {}, probe),
  'ext_humidity/#': rule('ext_humidity', '%', 'weather', 'humidity_pct', {}, probe),
  'sensor/temperature': rule('temperature', '°C', 'weather', 'temperature_c', {}, probe),
  'sensor/humidity': rule('humidity', '%', 'weather', 'humidity_pct', {}, probe),
  'sensor/lux': rule('lux', 'lx', 'weather', 'illuminance_lx', {}, text),
  'sensor/battery': rule('battery', '%', 'device_health', 'battery_pct', {}, text),
  'sensor/motion': rule('motion', 'bool', 'occupancy', 'occupied', {}, yesNo),
};
const fahrenheitRule = rule('temperature', '°F', 'weather', 'temperature_c', {}, probe);

const ownOf = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** A topic that no rule knows is a state or a setting, without a figure. */
const readScalar = (device: string, found: Rule | undefined, payload: string): Decoded =>
  found === undefined ? nothing : new Gatherer().take({ device }, found, payload).decoded();

const readEmeter = (
  { device, phase }: Channel,
  quantity: string,
  payload: string,
  context: Context,
): Decoded => {
  const found = ownOf(emeters[phase], quantity);
  if (phase === 'total' || found === undefined) return readScalar(device, found, payload);
  const speaker = { device };
  const gatherer = new Gatherer().take(speaker, found, payload);
  if (gatherer.decoded().kind === 'readings')
    gatherTotal(gatherer, { device, phase, quantity }, payload, context);
  return gatherer.decoded();
};

const scalar: Definition = {
  name: 'shelly-gen1/scalar',
  title: 'Shelly of the first generation: one figure a topic',
  source: gen1Source,
  topics: ['shellies/{device}/{path...}'],
  format: 'text',
  recognises: (payload) => !payload.startsWith('{'),
  read: ({ captures, payload, context }) => {
    const { device = '', path = '' } = captures;
    const { memory } = context;
    const { channel, found } = find(path);
    if (found.kind === 'emeter')
      return readEmeter(emeterOf(device, channel, memory), found.quantity, payload, context);
    const inFahrenheit = path === 'sensor/temperature' && isFahrenheit(device, memory);
    return readScalar(channelOf(device, channel).device, inFahrenheit ? fahrenheitRule : found.rule, payload);
  },
};

type Found =
  | { readonly kind: 'emeter'; readonly quantity: string }
  | { readonly kind: 'rule'; readonly rule: Rule | undefined };

/** `emeter/2/power`, `relay/0/energy`, `relay/power` (a Shelly 2 has one meter), `sensor/lux`. */
const find = (path: string): { readonly channel: number; readonly found: Found } => {
  const [group = '', second = '', third = ''] = path.split('/');
  const numbered = /^\d$/.test(second);
  const channel = numbered ? Number(second) : 0;
  if (group === 'emeter' && numbered) return { channel, found: { kind: 'emeter', quantity: third } };
  if (outputs.has(group))
    return { channel, found: { kind: 'rule', rule: ownOf(outputRules, numbered ? third : second) } };
  const key = numbered ? `${group}/#` : path;
  return { channel, found: { kind: 'rule', rule: ownOf(scalarRules, key) } };
};

export const shellyGen1Scalars: readonly Definition[] = [scalar];
