import { isMeasurementName } from '../../../../model/measurements.ts';
import { isRecord } from '../../measure.ts';
import type { Json, Memory } from '../../memory.ts';
import type { Rule } from '../../rule.ts';
import { type SourceUnit, sourceUnits } from '../../source-unit.ts';
import type { Discovered } from './config.ts';

/** What is kept of an entity with the topic on which its state comes. */
export interface Entity {
  readonly id: string;
  readonly speaker: string;
  readonly path: readonly string[] | undefined;
  readonly factor: number;
  readonly measurement: string;
  readonly field: string;
  readonly unit: string;
  readonly phase: string | undefined;
  readonly words: Readonly<Record<string, number>> | undefined;
}

const entitiesMax = 64;
const stateKey = (topic: string): string => `homeassistant/state/${topic}`;
const entityKey = (id: string): string => `homeassistant/entity/${id}`;
const ownersKey = (device: string): string => `homeassistant/owners/${device}`;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const toEntity = (value: unknown): Entity | undefined => {
  if (!isRecord(value)) return undefined;
  const id = textOf(value.id);
  const speaker = textOf(value.speaker);
  const measurement = textOf(value.measurement);
  const field = textOf(value.field);
  const unit = textOf(value.unit);
  if (id === undefined || speaker === undefined || measurement === undefined) return undefined;
  if (field === undefined || unit === undefined) return undefined;
  return {
    id,
    speaker,
    measurement,
    field,
    unit,
    path: Array.isArray(value.path) ? value.path.map(String) : undefined,
    factor: typeof value.factor === 'number' ? value.factor : 1,
    phase: textOf(value.phase),
    words: isRecord(value.words) ? numbersOf(value.words) : undefined,
  };
};

const numbersOf = (record: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );

const isSourceUnit = (unit: string): unit is SourceUnit => Object.hasOwn(sourceUnits, unit);

/** The rule of a remembered entity; `undefined` where an older version remembered what this one does not know. */
export const ruleOf = ({ measurement, field, unit, phase, words }: Entity): Rule | undefined => {
  if (!isMeasurementName(measurement) || !isSourceUnit(unit)) return undefined;
  const tags = phase === undefined ? {} : { phase };
  return {
    path: [field],
    measurement,
    field,
    unit,
    tags,
    text: true,
    ...(words === undefined ? {} : { words }),
  };
};

/** The entities whose state comes on a topic. */
export const entitiesOn = (topic: string, memory: Memory): readonly Entity[] => {
  const known = memory.get(stateKey(topic));
  return Array.isArray(known) ? known.flatMap((value: Json) => toEntity(value) ?? []) : [];
};

const toJson = ({ id, speaker, path, factor, measurement, field, unit, phase, words }: Entity): Json => ({
  id,
  speaker,
  measurement,
  field,
  unit,
  factor,
  ...(path === undefined ? {} : { path }),
  ...(phase === undefined ? {} : { phase }),
  ...(words === undefined ? {} : { words }),
});

/** Of two entities of a device with the same figure the first that was discovered speaks for the device. */
const speakerOf = ({ id, device, object, rule }: Discovered, memory: Memory): string => {
  const figure = `${rule.measurement} ${rule.field} ${rule.tags.phase ?? ''}`;
  const known = memory.get(ownersKey(device));
  const owners = isRecord(known) ? known : {};
  const owner = Object.hasOwn(owners, figure) ? owners[figure] : undefined;
  if (owner === undefined) memory.set(ownersKey(device), { ...textsOf(owners), [figure]: id });
  return owner === undefined || owner === id ? device : `${device}/${object}`;
};

const textsOf = (record: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** Keeps an entity with its state topic, instead of what was known under its id. */
export const remember = (discovered: Discovered, memory: Memory): void => {
  const { id, stateTopic, value, rule } = discovered;
  const entity: Entity = {
    id,
    speaker: speakerOf(discovered, memory),
    path: value.path,
    factor: value.factor,
    measurement: rule.measurement,
    field: rule.field,
    unit: rule.unit,
    phase: rule.tags.phase,
    words: rule.words,
  };
  if (memory.get(entityKey(id)) !== stateTopic) {
    forget(id, memory);
    memory.set(entityKey(id), stateTopic);
  }
  const others = entitiesOn(stateTopic, memory).filter((each) => each.id !== id);
  if (others.length < entitiesMax) memory.set(stateKey(stateTopic), [...others, entity].map(toJson));
};

/** The entity was removed, or its state comes on another topic now. */
export const forget = (id: string, memory: Memory): void => {
  const topic = memory.get(entityKey(id));
  if (typeof topic !== 'string') return;
  memory.delete(entityKey(id));
  const others = entitiesOn(topic, memory).filter((each) => each.id !== id);
  if (others.length === 0) memory.delete(stateKey(topic));
  else memory.set(stateKey(topic), others.map(toJson));
};
