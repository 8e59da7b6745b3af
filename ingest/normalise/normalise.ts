import { limits } from '../../model/limits.ts';
import type { Point, Reading, Tags } from '../../model/point.ts';
import type { Device, Site } from '../../model/site.ts';
import { parseTopic } from '../../model/topic.ts';
import { type Rejected, rejected } from '../decode/decoded.ts';
import type { Inventory, Placed } from '../inventory.ts';
import { placeTags } from './place.ts';
import { defaultTimePolicy, type SettledTime, settleTime, type TimePolicy } from './time.ts';

/** What a message says of one device of a site. */
export interface Placement {
  readonly site: Site;
  readonly device: Device;
  /** All of its points. */
  readonly points: readonly Point[];
  /** Those that may touch the live state: a record of the past never does. */
  readonly live: readonly Point[];
  /** How the time of its first reading was settled. */
  readonly clock: SettledTime;
}

/** A message's points with the site's tags and a settled time. */
export interface Normalised {
  readonly kind: 'normalised';
  readonly placements: readonly Placement[];
  /** Readings of devices that no site file names, with the reason; the rest of the message stands. */
  readonly unplaced: readonly { readonly reading: Reading; readonly why: Rejected }[];
  /** Whether every point has the device's own time. */
  readonly trusted: boolean;
}

/** Places the readings of one message on their sites. */
export const normalise = (
  topic: string,
  readings: readonly Reading[],
  receivedAt: number,
  inventory: Inventory,
  policy: TimePolicy = defaultTimePolicy,
): Normalised => {
  const placements: Building[] = [];
  const unplaced: Normalised['unplaced'][number][] = [];
  let trusted = true;
  for (const reading of readings) {
    const settled = settleTime(reading.time, receivedAt, policy);
    const placed = place(topic, reading, inventory);
    if (placed.kind === 'rejected') {
      unplaced.push({ reading, why: placed });
      continue;
    }
    const { site, device } = placed;
    const tags = placeTags(site, device, reading);
    if (tags === undefined) {
      unplaced.push({ reading, why: tooManySeries(device) });
      continue;
    }
    let placement = placements.find((known) => known.device === device);
    if (placement === undefined) {
      placement = { site, device, points: [], live: [], clock: settled };
      placements.push(placement);
    }
    trusted &&= settled.trusted;
    const point = toPoint(reading, device, tags, settled);
    placement.points.push(point);
    if (reading.backfill !== true) placement.live.push(point);
  }
  return { kind: 'normalised', placements, unplaced, trusted };
};

type Building = Placement & { readonly points: Point[]; readonly live: Point[] };

/** A native topic says of which kind the device is; the site file must agree. */
const place = (topic: string, reading: Reading, inventory: Inventory): Placed | Rejected => {
  const placed = inventory.find(reading);
  if (placed.kind === 'rejected' || reading.site === undefined) return placed;
  const kind = parseTopic(topic)?.kind;
  const { device } = placed;
  if (kind === undefined || kind === 'status' || kind === device.kind) return placed;
  return rejected('wrong_kind', `${device.id} is a ${device.kind} in the site file, not a ${kind}`);
};

const tooManySeries = ({ id }: Device): Rejected =>
  rejected(
    'too_many_series',
    `${id} has ${limits.seriesPerDeviceMax} series, as many as a device may: a target, phase or band that changes is no name`,
  );

const toPoint = (reading: Reading, device: Device, tags: Tags, clock: SettledTime): Point => ({
  measurement: reading.measurement,
  tags,
  fields: atSeat(reading, device),
  time: clock.time,
});

/** People who are counted at a seat sit on it. */
const atSeat = ({ measurement, fields }: Reading, { kind }: Device): Reading['fields'] => {
  const { people, occupied } = fields;
  if (measurement !== 'occupancy' || kind !== 'seat' || people === undefined || occupied !== undefined)
    return fields;
  return { ...fields, occupied: Number(people > 0) };
};
