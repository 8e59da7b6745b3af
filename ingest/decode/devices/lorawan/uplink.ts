import { type Decoded, rejected } from '../../decoded.ts';
import type { Context } from '../../definition.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import { fromIso } from '../../time.ts';
import type { Dialect } from './dialect.ts';
import { dialectByName, dialects } from './dialects.ts';
import { type Flat, flatten } from './keyed.ts';
import { readLink } from './link.ts';
import { readNormalized } from './normalized.ts';
import { readObject } from './object.ts';

/** An uplink as any network server tells of it. */
export interface Uplink {
  /** The devEUI in lower case, or the server's name of the device where it has none. */
  readonly device: string;
  readonly time: number | undefined;
  /** A record that the server stored earlier. */
  readonly backfill?: boolean;
  /** Receptions by gateways: `{ rssi, snr }` each. */
  readonly receptions: unknown;
  /** What the codec made of the payload. */
  readonly object: unknown;
  /** What the codec said in The Things Stack's common terms. */
  readonly normalized?: unknown;
  /** Last known battery charge in per cent. */
  readonly batteryPct?: unknown;
  /** True where the frame had a payload. */
  readonly hasPayload: boolean;
  /** Names of the model, as the profile or the repository has them. */
  readonly model: string;
}

/** An uplink's readings: what the codec decoded, the battery and the radio link. */
export const readUplink = (uplink: Uplink, context: Context): Decoded => {
  const gatherer = new Gatherer();
  const { device, time, backfill } = uplink;
  const speaker = { device, time, backfill };
  const known = readNormalized(gatherer, speaker, uplink.normalized);
  if (isRecord(uplink.object)) {
    const flat = flatten(uplink.object);
    const dialect = dialectOf(flat, uplink, context);
    readObject({ gatherer, dialect, known }, speaker, flat);
  } else if (uplink.hasPayload && known.size === 0) {
    const detail = 'the network server did not decode the payload; set a codec for this device there';
    gatherer.doubt(rejected('no_reading', detail));
  }
  if (typeof uplink.batteryPct === 'number') {
    gatherer.add(speaker, 'device_health', 'battery_pct', uplink.batteryPct);
  }
  readLink(gatherer, speaker, uplink.receptions);
  return gatherer.decoded();
};

/**
 * Which codec wrote an object: what its keys show, else what the model is called, else what an earlier object of
 * the same device showed, because an uplink may carry a single key.
 */
const dialectOf = ({ keyed }: Flat, { device, model }: Uplink, { memory }: Context): Dialect | undefined => {
  const key = `lorawan/${device}`;
  const marked = dialects.find((dialect) => dialect.marked(keyed));
  if (marked !== undefined) {
    if (memory.get(key) !== marked.name) memory.set(key, marked.name);
    return marked;
  }
  const called = model === '' ? undefined : dialects.find((dialect) => dialect.models.test(model));
  if (called !== undefined) return called;
  const remembered = memory.get(key);
  return typeof remembered === 'string' ? dialectByName(remembered) : undefined;
};

/** Times up to here mean "no time": year 0001, the epoch itself. */
const noTimeMs = 366 * 24 * 3600 * 1000;

/** The first of several texts that is a time, and none that stands for "no time". */
export const firstTime = (timezone: string, candidates: readonly unknown[]): number | undefined => {
  for (const candidate of candidates) {
    const time = fromIso(candidate, timezone);
    if (time !== undefined && time > noTimeMs) return time;
  }
  return undefined;
};

const euiPattern = /^[0-9a-f]{16}$/i;

/** A devEUI in the one spelling that identities have, or `undefined` where it is none. */
export const toEui = (value: unknown): string | undefined =>
  typeof value === 'string' && euiPattern.test(value) ? value.toLowerCase() : undefined;
