import { type Decoded, rejected } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import { isKnownType, readEntity } from './entity.ts';

const source = 'FIWARE NGSI-v2 and ETSI GS CIM 009 (NGSI-LD) notifications; Smart Data Models';

/** The entities of a notification, of a batch, or the one that the payload is; `undefined` where it is neither. */
const entitiesOf = (payload: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(payload)) return payload;
  if (!isRecord(payload)) return undefined;
  if (Array.isArray(payload.data)) return payload.data;
  if (Array.isArray(payload.entities)) return payload.entities;
  return 'id' in payload && 'type' in payload ? [payload] : undefined;
};

const read = (payload: unknown): Decoded => {
  const entities = entitiesOf(payload)?.filter(isRecord);
  if (entities === undefined)
    return rejected('not_understood', 'neither a notification nor an entity of NGSI');
  const gatherer = new Gatherer();
  for (const entity of entities) readEntity(gatherer, entity);
  return gatherer.decoded();
};

const isKnown = (entity: unknown): boolean =>
  isRecord(entity) &&
  typeof entity.id === 'string' &&
  typeof entity.type === 'string' &&
  isKnownType(entity.type);

/** Notifications posted by a context broker. */
export const ngsi: Definition = {
  name: 'fiware/ngsi',
  title: 'FIWARE context broker: notifications of Smart Data Models',
  source,
  topics: ['hooks/ngsi', 'hooks/ngsi/{path...}'],
  format: 'json',
  read: ({ payload }) => read(payload),
};

/** The same on any topic, where every entity is of a type that is read here. */
export const ngsiElsewhere: Definition = {
  name: 'fiware/ngsi-elsewhere',
  title: 'FIWARE entities and notifications on topics of their own',
  source,
  topics: ['{topic...}'],
  format: 'json',
  recognises: (payload) => {
    const entities = entitiesOf(payload);
    return entities !== undefined && entities.length > 0 && entities.every(isKnown);
  },
  read: ({ payload }) => read(payload),
};
