import { type Decoded, nothing, type Rejected, unknown } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { toJson } from '../../json.ts';
import { Gatherer, isRecord, toNumber } from '../../measure.ts';
import { readConfig } from './config.ts';
import { type Entity, entitiesOn, forget, remember, ruleOf } from './remembered.ts';

const source =
  'Home Assistant documentation: MQTT discovery, sensor and binary sensor; abbreviations of its core';

/** These families say more on their own topics than discovery could tell. */
const known = /^(?:zigbee2mqtt|shellies|homie|aperto)\//;

const config: Definition = {
  name: 'homeassistant/config',
  title: 'Home Assistant discovery: what the figures of a topic are, without a figure itself',
  source,
  topics: ['homeassistant/{component}/{path...}/config'],
  format: 'json',
  recognises: isRecord,
  read: ({ topic, captures, payload, context }) => {
    const { component = '', path = '' } = captures;
    if (!isRecord(payload)) return nothing;
    for (const entity of readConfig(payload, { component, id: topic, path }))
      if (!known.test(entity.stateTopic)) remember(entity, context.memory);
    return nothing;
  },
};

const removal: Definition = {
  name: 'homeassistant/removed',
  title: 'Home Assistant discovery: an entity that is no more',
  source,
  topics: ['homeassistant/{component}/{path...}/config'],
  format: 'bytes',
  recognises: (payload) => payload.length === 0,
  read: ({ topic, context }) => {
    forget(topic, context.memory);
    return nothing;
  },
};

const birth: Definition = {
  name: 'homeassistant/status',
  title: 'Home Assistant itself: started or stopped, without a figure',
  source,
  topics: ['homeassistant/status'],
  format: 'text',
  read: () => nothing,
};

/** The value at a path of keys and, in arrays, of positions. */
const valueAlong = (payload: unknown, path: readonly string[]): unknown => {
  let value = payload;
  for (const key of path) {
    if (Array.isArray(value)) value = /^\d{1,3}$/.test(key) ? value[Number(key)] : undefined;
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
};

const takeFrom = (gatherer: Gatherer, entity: Entity, value: unknown): void => {
  const rule = ruleOf(entity);
  if (rule === undefined || value === undefined || value === null || typeof value === 'object') return;
  const speaker = { device: entity.speaker };
  if (rule.unit === 'bool') {
    gatherer.take(speaker, rule, String(value));
    return;
  }
  const number = typeof value === 'string' ? toNumber(value) : value;
  gatherer.take(speaker, rule, typeof number === 'number' ? number * entity.factor : value);
};

const readState = ({ topic, payload, context }: Incoming<string>): Decoded => {
  const entities = entitiesOn(topic, context.memory);
  if (entities.length === 0) return unknown;
  let json: { readonly value: unknown } | Rejected | undefined;
  const gatherer = new Gatherer();
  for (const entity of entities) {
    if (entity.path === undefined) {
      takeFrom(gatherer, entity, payload);
      continue;
    }
    json ??= toJson(payload);
    if ('value' in json) takeFrom(gatherer, entity, valueAlong(json.value, entity.path));
    else gatherer.doubt(json);
  }
  return gatherer.decoded();
};

const state: Definition = {
  name: 'homeassistant/state',
  title: 'A topic that Home Assistant discovery described',
  source,
  topics: ['{topic...}'],
  format: 'text',
  read: readState,
};

export const homeAssistant: readonly Definition[] = [removal, config, birth];
/** To be asked after all who know their topics. */
export const homeAssistantStates: readonly Definition[] = [state];
