import type { Point, Reading } from '../../model/point.ts';
import type { Device, Site } from '../../model/site.ts';
import { parseTopic } from '../../model/topic.ts';
import { type Rejected, rejected } from '../decode/decoded.ts';
import { placeTags } from './place.ts';
import { defaultTimePolicy, type SettledTime, settleTime, type TimePolicy } from './time.ts';

/** A message's points with the site's tags and a settled time. */
export interface Normalised {
  readonly kind: 'normalised';
  readonly site: Site;
  readonly device: Device;
  readonly points: readonly Point[];
  /** How the time of the first reading was settled. */
  readonly clock: SettledTime;
  /** True when the message tells of the past alone and must not touch the live state. */
  readonly backfill: boolean;
}

/**
 * Places the readings of one message (all of one device) on their site.
 * Rejects with `unknown_site`, `unknown_device`, `wrong_kind`.
 */
export const normalise = (
  topic: string,
  readings: readonly Reading[],
  receivedAt: number,
  sites: ReadonlyMap<string, Site>,
  policy: TimePolicy = defaultTimePolicy,
): Normalised | Rejected => {
  const [first] = readings;
  if (first === undefined) return rejected('no_reading', 'the payload has no reading');
  const site = sites.get(first.site ?? '');
  if (site === undefined) return rejected('unknown_site', `no site "${first.site ?? ''}" is configured`);
  const device = site.devices.get(first.device);
  if (device === undefined) {
    return rejected(
      'unknown_device',
      `site ${site.id} has no device "${first.device}"; add it to the site file`,
    );
  }
  const kind = parseTopic(topic)?.kind;
  if (kind !== undefined && kind !== 'status' && kind !== device.kind) {
    return rejected('wrong_kind', `${device.id} is a ${device.kind} in the site file, not a ${kind}`);
  }
  return {
    kind: 'normalised',
    site,
    device,
    points: readings.map((reading) =>
      toPoint(reading, site, device, settleTime(reading.time, receivedAt, policy)),
    ),
    clock: settleTime(first.time, receivedAt, policy),
    backfill: readings.every((reading) => reading.backfill === true),
  };
};

const toPoint = (reading: Reading, site: Site, device: Device, clock: SettledTime): Point => ({
  measurement: reading.measurement,
  tags: placeTags(site, device, reading),
  fields: reading.fields,
  time: clock.time,
});
