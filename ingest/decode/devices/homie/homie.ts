import { type Decoded, nothing, unknown } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { toJson } from '../../json.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { type Rule, rule } from '../../rule.ts';
import { baseOf, rememberBase } from '../base-topic.ts';
import { childrenOf, isDescribed, rememberAttribute, rememberDescription } from './described.ts';
import { readProperty } from './property.ts';

const source = 'The Homie convention, 4.0.0 and 5; Legacy Stats extension 0.1.1';

/** A device that sleeps is neither there nor lost. */
const stateWords = { init: 1, ready: 1, alert: 1, sleeping: Number.NaN, disconnected: 0, lost: 0 };
const stateRule = rule('$state', 'bool', 'device_health', 'online', {}, { words: stateWords });

const readState = (device: string, state: string, memory: Memory): Decoded => {
  const gatherer = new Gatherer().take({ device }, stateRule, state);
  if (state === 'lost') {
    for (const child of childrenOf(device, memory)) gatherer.take({ device: child }, stateRule, state);
  }
  return gatherer.decoded();
};

/** `$stats/signal` is in per cent there, and no level. */
const statRules: Readonly<Record<string, Rule>> = {
  uptime: rule('uptime', 's', 'device_health', 'uptime_s', {}, { text: true }),
  battery: rule('battery', '%', 'device_health', 'battery_pct', {}, { text: true }),
  cputemp: rule('cputemp', '°C', 'device_health', 'temperature_c', {}, { text: true }),
  supply: rule('supply', 'V', 'device_health', 'supply_v', {}, { text: true }),
};

const readStat = (device: string, name: string, value: string): Decoded => {
  const found = Object.hasOwn(statRules, name) ? statRules[name] : undefined;
  return found === undefined ? nothing : new Gatherer().take({ device }, found, value).decoded();
};

const readDescription = (device: string, text: string, memory: Memory): Decoded => {
  const json = toJson(text);
  if (!('value' in json)) return json;
  if (isRecord(json.value)) rememberDescription(device, json.value, memory);
  return nothing;
};

/** What stands below a base topic: `device/$attribute`, `device/node/property`, `device/node/property/$attribute`. */
const readBelow = (prefix: string, below: string, payload: string, memory: Memory): Decoded => {
  const [id = '', second = '', third, fourth, ...deeper] = below.split('/');
  if (id.startsWith('$') || deeper.length > 0) return nothing;
  const device = `${prefix}${id}`;
  if (second === '$state') return third === undefined ? readState(device, payload, memory) : nothing;
  if (second === '$description') return readDescription(device, payload, memory);
  if (second === '$stats') return readStat(device, third ?? '', payload);
  if (third === undefined || second.startsWith('$') || third.startsWith('$')) return nothing;
  if (fourth === undefined) return readProperty(device, second, third, payload, memory);
  if (payload.length <= 64) {
    const name = `${second}/${third}`;
    if (fourth === '$unit') rememberAttribute(device, name, { unit: payload }, memory);
    if (fourth === '$datatype') rememberAttribute(device, name, { datatype: payload }, memory);
  }
  return nothing;
};

const usual: Definition = {
  name: 'homie/device',
  title: 'Homie 3, 4 and 5: state, description and properties of a device',
  source,
  topics: ['homie/5/{below...}', 'homie/{below...}'],
  format: 'text',
  read: ({ captures, payload, context }) => readBelow('', captures.below ?? '', payload, context.memory),
};

/** An empty payload takes something retained away: the device, or one of its properties, is no more. */
const removed: Definition = {
  name: 'homie/removed',
  title: 'Homie: something that is no more',
  source,
  topics: ['homie/{below...}'],
  format: 'bytes',
  recognises: (payload) => payload.length === 0,
  read: () => nothing,
};

/** Homie 5 lets the first level be any; the second is always the version. */
const otherDomain: Definition = {
  name: 'homie/domain',
  title: 'Homie 5 under a domain of its own',
  source,
  topics: ['{domain}/5/{below...}'],
  format: 'text',
  read: ({ captures: { domain = '', below = '' }, payload, context: { memory } }) => {
    const [id = '', second = ''] = below.split('/');
    const sure = second === '$state' || second === '$description' || isDescribed(`${domain}/${id}`, memory);
    return sure ? readBelow(`${domain}/`, below, payload, memory) : unknown;
  },
};

/** `$homie` is the attribute by which a device of Homie 3 and 4 says that it is one. */
const version: Definition = {
  name: 'homie/version',
  title: 'Homie 3 and 4 under a base topic of its own: version of the convention',
  source,
  topics: ['{base...}/{device}/$homie'],
  format: 'text',
  recognises: (payload) => /^[34]\.\d/.test(payload),
  read: ({ captures: { base }, context }) => {
    if (base !== undefined) rememberBase('homie', base, context.memory);
    return nothing;
  },
};

const otherBase: Definition = {
  name: 'homie/elsewhere',
  title: 'Homie 3 and 4 under a base topic of its own',
  source,
  topics: ['{topic...}'],
  format: 'text',
  read: ({ topic, payload, context: { memory } }) => {
    const base = baseOf('homie', topic, memory);
    return base === undefined
      ? unknown
      : readBelow(`${base}/`, topic.slice(base.length + 1), payload, memory);
  },
};

export const homie: readonly Definition[] = [removed, usual, otherDomain, version];
/** To be asked after all who know their topics. */
export const homieElsewhere: readonly Definition[] = [otherBase];
