import { limits } from '../model/limits.ts';
import type { MeasurementName } from '../model/measurements.ts';
import { type Fields, type Point, seriesKey, type Tags } from '../model/point.ts';
import type { Device, Site } from '../model/site.ts';
import type { PlacedKind } from '../model/topic.ts';

/** What is known now of one series of one device. Late data never changes it. */
export interface LiveEntry {
  readonly site: string;
  readonly device: string;
  readonly kind: PlacedKind;
  readonly zone: string;
  readonly measurement: MeasurementName;
  /** The measurement's own tags: phase, band, target. */
  readonly tags: Tags;
  /** Latest value of each field; a field that was never reported is absent. */
  readonly fields: Fields;
  /** Epoch milliseconds of the newest point; absent when the device never reported. */
  readonly time?: number;
}

/** Read side of the live state. */
export interface Live {
  /** Every device of the site, at least one entry each, in the order of the site file; primary series first. */
  snapshot(site: string): readonly LiveEntry[];
  /** Calls back after each change, once the change is durable. Returns how to stop. */
  subscribe(listener: (entry: LiveEntry) => void): () => void;
}

/** The series that a device of each kind is there for: `now` shows it even before the first message. */
const primaryOf: Record<PlacedKind, (device: Device) => { measurement: MeasurementName; tags: Tags }> = {
  seat: () => ({ measurement: 'occupancy', tags: { kind: 'seat' } }),
  counter: () => ({ measurement: 'occupancy', tags: { kind: 'counter' } }),
  'access-point': () => ({ measurement: 'access_point', tags: {} }),
  probe: (device) => ({ measurement: 'probe', tags: { target: device.target ?? 'internet' } }),
  meter: () => ({ measurement: 'power', tags: { phase: 'total' } }),
  weather: () => ({ measurement: 'weather', tags: {} }),
};

/** The series of one device by their keys, and for how long what it said holds. */
interface DeviceSeries {
  readonly maxSilenceMs: number;
  readonly entries: Map<string, LiveEntry>;
}

/** The latest of everything, in memory: filled from the store at start, then by what the spool made durable. */
export class LiveState implements Live {
  readonly #sites = new Map<string, Map<string, DeviceSeries>>();
  readonly #listeners = new Set<(entry: LiveEntry) => void>();
  readonly #heard = new WeakMap<LiveEntry, HeardFields>();

  constructor(sites: Iterable<Site>) {
    for (const site of sites) {
      const devices = [...site.devices.values()].map((device): [string, DeviceSeries] => [
        device.id,
        { maxSilenceMs: device.maxSilenceMs, entries: new Map([primaryEntry(site, device)]) },
      ]);
      this.#sites.set(site.id, new Map(devices));
    }
  }

  snapshot(site: string): readonly LiveEntry[] {
    const devices = this.#sites.get(site)?.values() ?? [];
    return [...devices].flatMap(({ entries }) => [...entries.values()]);
  }

  subscribe(listener: (entry: LiveEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes points of one device that are durable, and tells the listeners what is new. */
  update(kind: PlacedKind, points: readonly Point[]): void {
    for (const point of points) {
      const entry = this.#apply(kind, point);
      if (entry !== undefined) for (const listener of this.#listeners) tell(listener, entry);
    }
  }

  /** Takes what the store knows at start; tells nobody. Points of devices that the site no longer has are left. */
  restore(site: Site, points: readonly Point[]): void {
    for (const point of points) {
      const device = site.devices.get(point.tags.device ?? '');
      if (device !== undefined && device.zone === point.tags.zone) this.#apply(device.kind, point);
    }
  }

  #apply(kind: PlacedKind, point: Point): LiveEntry | undefined {
    const { measurement, time } = point;
    const series = this.#sites.get(point.tags.site ?? '')?.get(point.tags.device ?? '');
    if (series === undefined) return undefined;
    const { entries, maxSilenceMs } = series;
    const key = seriesKey(measurement, point.tags);
    const known = entries.get(key);
    if (known?.time !== undefined && time < known.time) return undefined;
    // A probe may name any target: what nobody can foresee is bounded.
    if (known === undefined && entries.size >= limits.liveSeriesPerDeviceMax) return undefined;
    const entry =
      known === undefined
        ? newEntry(kind, point)
        : { ...known, fields: this.#merge(known, point, maxSilenceMs), time };
    this.#heard.set(entry, heardOf(this.#heard.get(known ?? entry), entry, point));
    entries.set(key, entry);
    return entry;
  }

  /** What a delta leaves out still holds, until it is older than the device's silence may be. */
  #merge(known: LiveEntry, { fields, time }: Point, maxSilenceMs: number): Fields {
    const heard = this.#heard.get(known);
    if (heard === undefined || time - heard.oldest <= maxSilenceMs) return { ...known.fields, ...fields };
    const fresh = Object.entries(known.fields).filter(
      ([name]) => time - (heard.times[name] ?? 0) <= maxSilenceMs,
    );
    return { ...Object.fromEntries(fresh), ...fields };
  }
}

/** When each field of an entry was last told, and the oldest of these times. */
interface HeardFields {
  readonly times: Readonly<Record<string, number>>;
  readonly oldest: number;
}

const heardOf = (before: HeardFields | undefined, { fields }: LiveEntry, told: Point): HeardFields => {
  const times: Record<string, number> = {};
  let oldest = told.time;
  for (const name in fields) {
    const time = Object.hasOwn(told.fields, name) ? told.time : (before?.times[name] ?? told.time);
    times[name] = time;
    oldest = Math.min(oldest, time);
  }
  return { times, oldest };
};

/** What goes wrong for a listener is its own matter: the message is durable and must be acknowledged. */
const tell = (listener: (entry: LiveEntry) => void, entry: LiveEntry): void => {
  try {
    listener(entry);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
};

const newEntry = (kind: PlacedKind, { measurement, tags: all, fields, time }: Point): LiveEntry => {
  const { site = '', device = '', zone = '', ...tags } = all;
  return { site, device, kind, zone, measurement, tags, fields, time };
};

const primaryEntry = (site: Site, device: Device): [string, LiveEntry] => {
  const { measurement, tags } = primaryOf[device.kind](device);
  const place = { site: site.id, zone: device.zone, device: device.id };
  const entry = { ...place, kind: device.kind, measurement, tags, fields: {} };
  return [seriesKey(measurement, { ...place, ...tags }), entry];
};
