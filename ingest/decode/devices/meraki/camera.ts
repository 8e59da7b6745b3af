import { type Decoded, nothing } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { Gatherer, isRecord, type Speaker, valueAt } from '../../measure.ts';
import { rule } from '../../rule.ts';
import { fromEpochMs } from '../../time.ts';

const zoneRules = [rule('counts.person', 'persons', 'occupancy', 'people')];
const lightRules = [rule('lux', 'lx', 'weather', 'illuminance_lx')];

/** Persons among the objects of a frame, where the camera says what they are. Nothing else of them is looked at. */
const countPersons = (objects: unknown): number | undefined => {
  if (!Array.isArray(objects)) return undefined;
  const types = objects.map((object) => valueAt(object, ['type']));
  return types.every((type) => typeof type === 'string')
    ? types.filter((type) => type === 'person').length
    : undefined;
};

/** Zone 0 is the whole frame, of which the camera is the device; other zones are channels of it. */
const read = ({ captures, payload }: Incoming<unknown>): Decoded => {
  const { serial = '', part = '' } = captures;
  if (!isRecord(payload)) return nothing;
  const ts = fromEpochMs(payload.ts);
  const time = ts === undefined || ts <= 0 ? undefined : ts;
  const camera: Speaker = { device: serial, time };
  const gatherer = new Gatherer();
  if (part === 'light') return gatherer.apply(camera, payload, lightRules).decoded();
  if (part === 'raw_detections') {
    const persons = countPersons(payload.objects);
    if (persons !== undefined) gatherer.add(camera, 'occupancy', 'people', persons);
    return gatherer.decoded();
  }
  if (!/^\d{1,20}$/.test(part)) return nothing;
  const zone = part === '0' ? camera : { ...camera, device: `${serial}/${part}` };
  return gatherer.apply(zone, payload, zoneRules).decoded();
};

/** Cameras that count persons themselves and send no picture. */
export const camera: Definition = {
  name: 'meraki/mv',
  title: 'Meraki MV camera: persons and light',
  source: 'Cisco Meraki: MV Sense, MQTT',
  topics: ['/merakimv/{serial}/{part}', 'merakimv/{serial}/{part}'],
  format: 'json',
  read,
};
