import { type Decoded, nothing, rejected } from '../../decoded.ts';
import type { Context, Definition } from '../../definition.ts';
import { Gatherer, isRecord, valueAt } from '../../measure.ts';
import { quantityOf } from '../../quantity.ts';
import type { Rule } from '../../rule.ts';
import { fromIso } from '../../time.ts';
import { hasAddress } from '../address.ts';

const source = 'OGC SensorThings API Part 1: Sensing 1.0 and 1.1, MQTT extension; Datastream, Observation';

type Entity = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 256 ? value : undefined;

/** An entity's id as a topic writes it: a number, or text in quotes. */
const idOf = (entity: unknown): string | undefined => {
  const id = valueAt(entity, ['@iot.id']);
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id.length <= 128 && !hasAddress(id) ? `'${id}'` : undefined;
};

const memoryKey = (id: string): string => `sensorthings/${id}`;

/** What a Datastream says of its observations: the observed property, or its own name, and the unit. */
const describe = (datastream: Entity): [name: string, unit: string] | undefined => {
  const name = textOf(valueAt(datastream, ['ObservedProperty', 'name'])) ?? textOf(datastream.name);
  const symbol = textOf(valueAt(datastream, ['unitOfMeasurement', 'symbol']));
  const unit = symbol ?? textOf(valueAt(datastream, ['unitOfMeasurement', 'name']));
  return name === undefined || unit === undefined ? undefined : [name, unit];
};

const recall = ({ memory }: Context, id: string): [name: string, unit: string] | undefined => {
  const known = memory.get(memoryKey(id));
  if (!Array.isArray(known)) return undefined;
  const [name, unit] = known;
  return typeof name === 'string' && typeof unit === 'string' ? [name, unit] : undefined;
};

/** An instant, or the end of an interval. Times without an offset are UTC. */
const timeOf = ({ phenomenonTime, resultTime }: Entity): number | undefined => {
  const text = textOf(phenomenonTime) ?? textOf(resultTime);
  const [start, end] = text?.split('/', 2) ?? [];
  return fromIso(end, 'UTC') ?? fromIso(start, 'UTC');
};

const ruleOf = ([name, unit]: readonly [string, string]): Rule | string => {
  const quantity = quantityOf({ name, unit });
  if (quantity === undefined) return 'what the Datastream observes is none of the model’s figures';
  return 'rule' in quantity ? quantity.rule : quantity.why;
};

const observe = (
  id: string,
  about: [string, string],
  observations: readonly Entity[],
  past: boolean,
): Decoded => {
  const rule = ruleOf(about);
  if (typeof rule === 'string') return rejected('no_reading', `Datastreams(${id}): ${rule}`);
  const gatherer = new Gatherer();
  for (const each of observations) {
    gatherer.take({ device: `Datastreams(${id})`, time: timeOf(each), backfill: past }, rule, each.result);
  }
  return gatherer.decoded();
};

/** Observations: a result and its time; the unit stands with the Datastream. */
const observation: Definition = {
  name: 'sensorthings/observation',
  title: 'OGC SensorThings: observation of a Datastream',
  source,
  topics: ['{version}/Datastreams({id})/Observations', '{version}/Observations'],
  format: 'json',
  recognises: (payload) => isRecord(payload) && Object.hasOwn(payload, 'result'),
  read: ({ captures, payload, context }) => {
    if (!isRecord(payload)) return nothing;
    const { Datastream: inside } = payload;
    const id = captures.id ?? idOf(inside);
    if (id === undefined) return rejected('missing_field', 'Datastream: an observation names its own');
    const about = (isRecord(inside) ? describe(inside) : undefined) ?? recall(context, id);
    if (about === undefined) {
      return rejected(
        'not_understood',
        'the unit is not known; let the server publish the Datastream as well',
      );
    }
    return observe(id, about, [payload], false);
  },
};

/** A Datastream: remembered for its unit, and read where observations came inside it. */
const datastream: Definition = {
  name: 'sensorthings/datastream',
  title: 'OGC SensorThings: Datastream',
  source,
  topics: ['{version}/Datastreams({id})', '{version}/Datastreams'],
  format: 'json',
  recognises: (payload) => isRecord(payload) && isRecord(payload.unitOfMeasurement),
  read: ({ captures, payload, context }) => {
    if (!isRecord(payload)) return nothing;
    const id = captures.id ?? idOf(payload);
    const about = describe(payload);
    if (id === undefined || about === undefined) return nothing;
    context.memory.set(memoryKey(id), about);
    const inside = Array.isArray(payload.Observations) ? payload.Observations.filter(isRecord) : [];
    return inside.length === 0 ? nothing : observe(id, about, inside, true);
  },
};

export const sensorThings: readonly Definition[] = [observation, datastream];
