import { nothing } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { Gatherer, isRecord, type Speaker, valueAt } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { fromEpochSeconds } from '../../time.ts';
import { caseTemperature, components, isComponentType, silentComponents } from './components.ts';

/** The meter and its energy counters are two components of one channel. */
const channelTypes: Readonly<Record<string, string>> = { emdata: 'em', em1data: 'em1' };
const ofTheDevice = new Set(['wifi', 'sys', 'devicepower']);

interface Component {
  /** `switch:0`, `wifi`. */
  readonly key: string;
  readonly status: unknown;
}

/** Some keep the first level of Gen1 in the topic prefix of newer devices. */
const deviceOf = ({ device = '' }: Readonly<Record<string, string>>): string =>
  device.replace(/^shellies\//, '');

const gather = (
  gatherer: Gatherer,
  device: string,
  { key, status }: Component,
  memory: Memory,
  time?: number,
): void => {
  const [type = '', id = '0'] = key.split(':');
  if (!isComponentType(type) || !/^\d{1,5}$/.test(id)) return;
  const channel = `${channelTypes[type] ?? type}:${id}`;
  const speaker = { device: id === '0' || ofTheDevice.has(type) ? device : `${device}/${channel}`, time };
  if (type === 'em' || type === 'em1') rememberMeter(device, memory);
  const rules =
    type === 'temperature' && id === '0' && isMeter(device, memory) ? caseTemperature : components[type];
  gatherer.apply(speaker, status, rules);
  gatherEnergy(gatherer, speaker, status, memory);
};

/** `temperature:0` of a meter is inside its case; that of a sensor is the air. The name says which, or `em:0` did. */
const isMeter = (device: string, memory: Memory): boolean =>
  /shelly(?:pro)?3?em/i.test(device) || memory.get(`shelly/meter/${device}`) === true;

const rememberMeter = (device: string, memory: Memory): void => {
  if (!isMeter(device, memory)) memory.set(`shelly/meter/${device}`, true);
};

/**
 * `aenergy` counts both directions, so what was taken is the rest after `ret_aenergy`. A delta may carry `aenergy`
 * alone: what was given back is then what was last heard.
 */
const gatherEnergy = (gatherer: Gatherer, speaker: Speaker, status: unknown, memory: Memory): void => {
  const all = counterOf(status, 'aenergy');
  const returned = counterOf(status, 'ret_aenergy');
  if (all === undefined && returned === undefined) return;
  const key = `shelly/returned/${speaker.device}`;
  const known = memory.get(key);
  if (returned !== undefined) {
    if (returned !== (known ?? 0)) memory.set(key, returned);
    gatherer.add(speaker, 'power', 'energy_export_wh', returned, { phase: 'total' });
  }
  if (all !== undefined) {
    const givenBack = returned ?? (typeof known === 'number' ? known : 0);
    const taken = Number((all - givenBack).toPrecision(12));
    gatherer.add(speaker, 'power', 'energy_import_wh', taken, { phase: 'total' });
  }
};

const counterOf = (status: unknown, name: string): number | undefined => {
  const value = valueAt(status, [name, 'total']);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const source = 'Shelly API documentation, Gen2+ components and services; MQTT service';

const componentTypes = [...Object.keys(components), ...silentComponents];

const componentStatus: Definition = {
  name: 'shelly-gen2/status',
  title: 'Shelly Plus, Pro, Gen3 and Gen4: status of one component',
  source,
  topics: componentTypes.flatMap((type) => [`{device...}/status/${type}:{id}`, `{device...}/status/${type}`]),
  format: 'json',
  recognises: isRecord,
  read: ({ topic, captures, payload, context }) => {
    const gatherer = new Gatherer();
    const component = { key: topic.slice(topic.lastIndexOf('/') + 1), status: payload };
    gather(gatherer, deviceOf(captures), component, context.memory);
    return gatherer.decoded();
  },
};

const readNotification = ({ captures, payload, context }: Incoming<unknown>) => {
  const method = valueAt(payload, ['method']);
  const parameters = valueAt(payload, ['params']);
  if (method !== 'NotifyStatus' && method !== 'NotifyFullStatus') return nothing;
  if (typeof parameters !== 'object' || parameters === null) return nothing;
  const time = fromEpochSeconds(valueAt(parameters, ['ts']));
  const gatherer = new Gatherer();
  for (const [key, status] of Object.entries(parameters))
    gather(gatherer, deviceOf(captures), { key, status }, context.memory, time);
  return gatherer.decoded();
};

const notification: Definition = {
  name: 'shelly-gen2/events',
  title: 'Shelly Plus, Pro, Gen3 and Gen4: what changed (NotifyStatus) or all of it (NotifyFullStatus)',
  source,
  topics: ['{device...}/events/rpc'],
  format: 'json',
  recognises: isRecord,
  read: readNotification,
};

const online: Definition = {
  name: 'shelly/online',
  title: 'Shelly, all generations: whether it is connected',
  source,
  topics: ['{device...}/online'],
  format: 'text',
  recognises: (payload) => payload === 'true' || payload === 'false',
  read: ({ captures, payload }) => {
    const speaker = { device: deviceOf(captures) };
    return new Gatherer().add(speaker, 'device_health', 'online', Number(payload === 'true')).decoded();
  },
};

export const shellyGen2: readonly Definition[] = [componentStatus, notification, online];
