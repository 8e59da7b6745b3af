import { rejected } from '../../decoded.ts';
import { fits } from '../../dimension.ts';
import { type Gatherer, type Speaker, valueAt } from '../../measure.ts';
import { quantityOf } from '../../quantity.ts';
import type { Rule } from '../../rule.ts';
import type { SourceUnit } from '../../source-unit.ts';
import { hasAddress } from '../address.ts';
import { type Attribute, type Entity, entityTime, readAttribute } from './attribute.ts';
import { type EntityRule, entityTypes } from './entity-types.ts';
import { unitOfCode } from './unit-code.ts';

/** Spots for vehicles, counted over a whole site: neither people nor a seat. */
const spotCounts = new Set(['OffStreetParking', 'OnStreetParking', 'ParkingGroup']);

/** Some sources put the time of observation into the id, which would make every observation another device. */
const timeInId = /[-_:]\d{4}-\d\d-\d\dT\d\d:\d\d.*$/;
const idPattern = /^[^\s\p{Cc}]{1,200}$/u;
/** Ends like a MAC address, and is none. */
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const isName = (id: string): boolean => idPattern.test(id) && !hasAddress(id.replace(uuid, ''));

/** The last part of a type that is written as an IRI: `https://…/CrowdFlowObserved`. */
export const shortType = (type: string): string =>
  type.slice(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1);

/** True where an entity is one of the types that are read here. */
export const isKnownType = (type: string): boolean => {
  const short = shortType(type);
  return entityTypes.has(short) || spotCounts.has(short) || short === 'DeviceMeasurement';
};

/** Reads one entity. An attribute is at its own time where it has one, else at that of the entity. */
export const readEntity = (gatherer: Gatherer, entity: Entity): void => {
  const { id, type } = entity;
  const device = typeof id === 'string' ? id.replace(timeInId, '') : '';
  if (typeof type !== 'string' || !isName(device)) {
    gatherer.doubt(
      rejected('missing_field', 'an entity has a type, and an id that is a name and no address'),
    );
    return;
  }
  const short = shortType(type);
  const speaker = { device, time: entityTime(entity) };
  if (spotCounts.has(short)) {
    gatherer.doubt(rejected('no_reading', `${short}: spots for vehicles are no people`));
  } else if (short === 'DeviceMeasurement') {
    readMeasurement(gatherer, speaker, entity);
  } else {
    for (const [name, rules] of entityTypes.get(short) ?? []) {
      const attribute = readAttribute(entity, name);
      if (attribute !== undefined) for (const each of rules) readRule(gatherer, speaker, attribute, each);
    }
    if (short === 'Device') readSignal(gatherer, speaker, readAttribute(entity, 'rssi'));
  }
};

const readRule = (
  gatherer: Gatherer,
  speaker: Speaker,
  attribute: Attribute,
  { rule, unitOf }: EntityRule,
): void => {
  const [name, line] = rule.path;
  const value = line === undefined ? attribute.value : valueAt(attribute.value, [line]);
  if (value === undefined || value === null) return;
  const usual = unitOf === undefined || typeof value !== 'number' ? rule.unit : unitOf(value);
  const unit = attribute.unitCode === undefined ? usual : codedUnit(attribute.unitCode, rule);
  if (unit === undefined) {
    gatherer.doubt(rejected('not_understood', `${name}: no unitCode that says what it is in`));
    return;
  }
  const time = attribute.time ?? speaker.time;
  gatherer.take({ ...speaker, time }, unit === rule.unit ? rule : { ...rule, unit }, value);
};

/** The unit of a code where it measures the field. Without a dimension it is people, a state or a ratio. */
const codedUnit = (code: string, { unit, measurement, field }: Rule): SourceUnit | undefined => {
  const coded = unitOfCode(code);
  if (coded === '1') return unit === '%' ? 'ratio' : unit;
  if (coded === 'dB' && unit === 'dB(A)') return unit;
  return coded !== undefined && fits(coded, measurement, field) ? coded : undefined;
};

/** `rssi` was once a share of 0 to 1; in dBm it is below 0. */
const readSignal = (gatherer: Gatherer, speaker: Speaker, attribute: Attribute | undefined): void => {
  if (typeof attribute?.value !== 'number') return;
  if (attribute.value >= 0) {
    gatherer.doubt(rejected('not_understood', 'rssi: not below 0, so a share or a power and no dBm'));
    return;
  }
  gatherer.add(
    { ...speaker, time: attribute.time ?? speaker.time },
    'device_health',
    'signal_dbm',
    attribute.value,
  );
};

/** `DeviceMeasurement`: one figure, named by `controlledProperty`, in `unit`. */
const readMeasurement = (gatherer: Gatherer, speaker: Speaker, entity: Entity): void => {
  if (readAttribute(entity, 'outlier')?.value === true) {
    gatherer.doubt(rejected('not_understood', 'outlier: its own source does not believe it'));
    return;
  }
  const attribute = readAttribute(entity, 'numValue');
  const name = readAttribute(entity, 'controlledProperty')?.value;
  if (attribute === undefined || typeof name !== 'string') return;
  const written = readAttribute(entity, 'unit')?.value ?? attribute.unitCode;
  const unit = typeof written === 'string' ? (unitOfCode(written) ?? written) : undefined;
  const quantity = quantityOf({ name, unit });
  if (quantity === undefined) return;
  if ('why' in quantity) gatherer.doubt(rejected('not_understood', quantity.why));
  else gatherer.take({ ...speaker, time: attribute.time ?? speaker.time }, quantity.rule, attribute.value);
};
