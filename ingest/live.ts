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

/** What is known now, as the API and the event stream read it. */
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

/** One series as it is known now; changed in place, because most news are of a series that is known. */
interface Series {
  readonly about: Omit<LiveEntry, 'fields' | 'time'>;
  fields: Record<string, number>;
  /** When each field was last told. */
  times: Record<string, number>;
  /** No field was told before this. */
  oldest: number;
  time: number | undefined;
}

/** The series of one device by their keys, and for how long what it said holds. */
interface DeviceSeries {
  readonly maxSilenceMs: number;
  readonly series: Map<string, Series>;
}

/** The latest of everything, in memory: filled from the store at start, then by what the spool made durable. */
export class LiveState {
  readonly #sites = new Map<string, Map<string, DeviceSeries>>();
  /** The points of a series share their tags, so the object stands for the series. */
  readonly #known = new WeakMap<Tags, readonly [DeviceSeries, Series]>();
  readonly #changed = new Set<Series>();

  constructor(sites: Iterable<Site>) {
    for (const site of sites) {
      const devices = [...site.devices.values()].map((device): [string, DeviceSeries] => [
        device.id,
        { maxSilenceMs: device.maxSilenceMs, series: new Map([primarySeries(site, device)]) },
      ]);
      this.#sites.set(site.id, new Map(devices));
    }
  }

  /** Every device of the site, at least one entry each, in the order of the site file; primary series first. */
  snapshot(site: string): readonly LiveEntry[] {
    const devices = this.#sites.get(site)?.values() ?? [];
    return [...devices].flatMap(({ series }) => [...series.values()].map(toEntry));
  }

  /** Takes points of one device that are durable. */
  update(kind: PlacedKind, points: readonly Point[], receivedAt = Number.POSITIVE_INFINITY): void {
    for (const point of points) {
      const series = this.#apply(kind, point, receivedAt);
      if (series !== undefined) this.#changed.add(series);
    }
  }

  /** How many series `takeChanges` would give. */
  get changes(): number {
    return this.#changed.size;
  }

  /** Each series that was updated since the last call, as it is now. */
  takeChanges(): readonly LiveEntry[] {
    if (this.#changed.size === 0) return [];
    const entries = [...this.#changed].map(toEntry);
    this.#changed.clear();
    return entries;
  }

  /** Takes what the store knows at start, which is no news. Points of devices that the site no longer has are left. */
  restore(site: Site, points: readonly Point[]): void {
    for (const point of points) {
      const device = site.devices.get(point.tags.device ?? '');
      if (device !== undefined && device.zone === point.tags.zone) this.#apply(device.kind, point);
    }
  }

  #apply(kind: PlacedKind, point: Point, receivedAt = Number.POSITIVE_INFINITY): Series | undefined {
    const known = this.#known.get(point.tags);
    const [device, series] =
      (known?.[1].about.measurement === point.measurement ? known : this.#find(kind, point)) ?? [];
    if (device === undefined || series === undefined) return undefined;
    const { time, fields } = point;
    if (series.time === undefined) series.oldest = time;
    // What is newer than any time that is believed now came while our clock was ahead.
    else if (time < series.time && series.time <= receivedAt + limits.timeFutureMaxMs) return undefined;
    for (const name in fields) {
      series.fields[name] = fields[name] ?? 0;
      series.times[name] = time;
    }
    series.time = time;
    if (time - series.oldest > device.maxSilenceMs) forgetOld(series, time - device.maxSilenceMs);
    return series;
  }

  #find(kind: PlacedKind, { measurement, tags }: Point): readonly [DeviceSeries, Series] | undefined {
    const device = this.#sites.get(tags.site ?? '')?.get(tags.device ?? '');
    if (device === undefined) return undefined;
    const key = seriesKey(measurement, tags);
    let series = device.series.get(key);
    if (series === undefined) {
      // A probe may name any target: what nobody can foresee is bounded.
      if (device.series.size >= limits.liveSeriesPerDeviceMax) return undefined;
      series = newSeries({ kind, measurement, ...split(tags) });
      device.series.set(key, series);
    }
    const known = [device, series] as const;
    this.#known.set(tags, known);
    return known;
  }
}

/** What a delta leaves out still holds, until it is older than the device's silence may be. */
const forgetOld = (series: Series, since: number): void => {
  const fields: Record<string, number> = {};
  const times: Record<string, number> = {};
  let oldest = series.time ?? since;
  for (const [name, time] of Object.entries(series.times)) {
    const value = series.fields[name];
    if (time < since || value === undefined) continue;
    fields[name] = value;
    times[name] = time;
    oldest = Math.min(oldest, time);
  }
  Object.assign(series, { fields, times, oldest });
};

const toEntry = ({ about, fields, time }: Series): LiveEntry => ({
  ...about,
  fields: { ...fields },
  ...(time === undefined ? {} : { time }),
});

const newSeries = (about: Series['about']): Series => ({
  about,
  fields: {},
  times: {},
  oldest: Number.POSITIVE_INFINITY,
  time: undefined,
});

const split = ({ site = '', device = '', zone = '', ...tags }: Tags) => ({ site, device, zone, tags });

const primarySeries = (site: Site, device: Device): [string, Series] => {
  const { measurement, tags } = primaryOf[device.kind](device);
  const place = { site: site.id, zone: device.zone, device: device.id };
  const series = newSeries({ ...place, kind: device.kind, measurement, tags });
  return [seriesKey(measurement, { ...place, ...tags }), series];
};
