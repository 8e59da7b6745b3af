import { type Decoded, nothing, unknown } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { toJson } from '../../json.ts';
import { Gatherer, isRecord, toNumber, valueAt } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { rule } from '../../rule.ts';
import { fromEpochMs, fromIso } from '../../time.ts';
import { baseOf, rememberBase } from '../base-topic.ts';
import { deviceOf, isCommand, usualBase } from './base.ts';
import { gatherState } from './state.ts';

const source =
  'Zigbee2MQTT documentation: MQTT topics and messages, exposes; advanced.output, last_seen, base_topic';

const onlineRules = [
  rule('state', 'bool', 'device_health', 'online', {}, { words: { online: 1, offline: 0 } }),
];

/** The state as 1.x wrote it and as 2.x does: `online` or `{"state":"online"}`. */
const stateOf = (payload: string): unknown => {
  if (!payload.startsWith('{')) return payload;
  const parsed = toJson(payload);
  return 'value' in parsed ? valueAt(parsed.value, ['state']) : undefined;
};

const isState = (payload: string): boolean => {
  const state = stateOf(payload);
  return state === 'online' || state === 'offline';
};

const availability: Definition = {
  name: 'zigbee2mqtt/availability',
  title: 'Zigbee2MQTT: whether a device, or the bridge itself, is there',
  source,
  topics: ['{device...}/availability', '{bridge...}/bridge/state'],
  format: 'text',
  recognises: isState,
  read: ({ captures, payload }) => {
    const { device, bridge = usualBase } = captures;
    const speaker = { device: device === undefined ? `${bridge}/bridge` : deviceOf(device) };
    return new Gatherer().apply(speaker, { state: stateOf(payload) }, onlineRules).decoded();
  },
};

/** Some of these are larger than any telemetry; none is read. */
const bridge: Definition = {
  name: 'zigbee2mqtt/bridge',
  title: 'Zigbee2MQTT: description, events and requests of the bridge, without a figure',
  source,
  topics: [
    `${usualBase}/bridge/{what...}`,
    ...['info', 'devices', 'groups', 'definitions', 'extensions', 'converters', 'event', 'logging'].map(
      (what) => `{base...}/bridge/${what}`,
    ),
    '{base...}/bridge/request/{what...}',
    '{base...}/bridge/response/{what...}',
  ],
  format: 'bytes',
  read: ({ topic, captures, context }) => {
    const described = topic.endsWith('/bridge/info') || topic.endsWith('/bridge/devices');
    if (described && captures.base !== undefined) rememberBase(usualBase, captures.base, context.memory);
    return nothing;
  },
};

const objectKey = (device: string): string => `zigbee2mqtt/object/${device}`;

const readObject = ({ topic, payload, context }: Incoming<unknown>): Decoded => {
  if (isCommand(topic) || !isRecord(payload)) return nothing;
  const device = deviceOf(topic);
  if (context.memory.get(objectKey(device)) !== true) context.memory.set(objectKey(device), true);
  const seen = valueAt(payload, ['last_seen']);
  const time = fromEpochMs(seen) ?? fromIso(seen, context.timezone, context.receivedAt);
  const gatherer = new Gatherer();
  gatherState(gatherer, { device, time }, payload);
  return gatherer.decoded();
};

const object: Definition = {
  name: 'zigbee2mqtt/device',
  title: 'Zigbee2MQTT: state of a device',
  source,
  topics: [`${usualBase}/{name...}`],
  format: 'json',
  recognises: isRecord,
  read: readObject,
};

/**
 * One attribute on its own topic (`advanced.output: attribute`). A device that also publishes the object says
 * everything twice (`attribute_and_json`): then the object counts.
 */
const readAttribute = (topic: string, payload: string, memory: Memory): Decoded => {
  const end = topic.lastIndexOf('/');
  const device = deviceOf(topic.slice(0, end));
  if (isCommand(topic) || memory.get(objectKey(device)) === true) return nothing;
  const gatherer = new Gatherer();
  gatherState(gatherer, { device }, { [topic.slice(end + 1)]: scalarOf(payload) });
  return gatherer.decoded();
};

const scalarOf = (payload: string): string | number | boolean => {
  if (payload === 'true' || payload === 'false') return payload === 'true';
  return toNumber(payload) ?? payload;
};

const isScalar = (payload: string): boolean => !payload.startsWith('{') && !payload.startsWith('[');

const attribute: Definition = {
  name: 'zigbee2mqtt/attribute',
  title: 'Zigbee2MQTT: one attribute of a device',
  source,
  topics: [`${usualBase}/{name...}/{attribute}`],
  format: 'text',
  recognises: isScalar,
  read: ({ topic, payload, context }) => readAttribute(topic, payload, context.memory),
};

/** An attribute that is null, or something retained that was removed. */
const removed: Definition = {
  name: 'zigbee2mqtt/removed',
  title: 'Zigbee2MQTT: an attribute without a value',
  source,
  topics: [`${usualBase}/{name...}`],
  format: 'bytes',
  recognises: (payload) => payload.length === 0,
  read: () => nothing,
};

/** `linkquality` is what every Zigbee2MQTT device says of itself, and nothing else does. */
const otherBaseObject: Definition = {
  name: 'zigbee2mqtt/device-elsewhere',
  title: 'Zigbee2MQTT under a base topic of its own: state of a device',
  source,
  topics: ['{topic...}'],
  format: 'json',
  recognises: isRecord,
  read: (incoming) => {
    const known =
      typeof valueAt(incoming.payload, ['linkquality']) === 'number' ||
      baseOf(usualBase, incoming.topic, incoming.context.memory) !== undefined;
    return known ? readObject(incoming) : unknown;
  },
};

const otherBaseAttribute: Definition = {
  name: 'zigbee2mqtt/attribute-elsewhere',
  title: 'Zigbee2MQTT under a base topic of its own: one attribute of a device',
  source,
  topics: ['{topic...}'],
  format: 'text',
  recognises: isScalar,
  read: ({ topic, payload, context: { memory } }) => {
    const base = baseOf(usualBase, topic, memory);
    const below = base === undefined ? '' : topic.slice(base.length + 1);
    return below.includes('/') ? readAttribute(topic, payload, memory) : unknown;
  },
};

export const zigbee2mqtt: readonly Definition[] = [availability, bridge, removed, object, attribute];
/** To be asked after all who know their topics. */
export const zigbee2mqttElsewhere: readonly Definition[] = [otherBaseObject, otherBaseAttribute];
