import { isRecord, valueAt } from '../../measure.ts';
import { fromEpochSeconds, fromIso } from '../../time.ts';
import { numberOf, toMac } from '../wifi/value.ts';

type Entry = Readonly<Record<string, unknown>>;

/** One device as one access point heard it. Who the device is, is known in here alone, to count it once. */
export interface Hearing {
  /** Address of the access point, in lower case. */
  readonly accessPoint: string;
  /** Absent where the signal is not known. */
  readonly signalDbm: number | undefined;
}

export interface Hearings {
  readonly hearings: readonly Hearing[];
  /** Access points that posted, heard they anything or not. */
  readonly accessPoints: readonly string[];
  /** Epoch milliseconds of the latest observation. */
  readonly time: number | undefined;
}

const observationsOf = (data: Entry): readonly Entry[] =>
  Array.isArray(data.observations) ? data.observations.filter(isRecord) : [];

const latestOf = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined && time > 0);
  return known.length === 0 ? undefined : known.reduce((latest, time) => Math.max(latest ?? 0, time ?? 0));
};

/** Seconds since 1970, or ISO 8601. */
const toTime = (value: unknown): number | undefined => fromEpochSeconds(value) ?? fromIso(value, 'UTC');

/** Version 2 writes a margin over this. */
const marginFloorDbm = -95;

/** Version 2: one access point a post. A device that it saw twice is there once. */
export const hearingsOfVersion2 = (data: Entry): Hearings | undefined => {
  const accessPoint = toMac(data.apMac);
  if (accessPoint === undefined) return undefined;
  const byDevice = new Map<unknown, Hearing>();
  const times: (number | undefined)[] = [];
  for (const [index, observation] of observationsOf(data).entries()) {
    const margin = numberOf(observation.rssi) ?? 0;
    const signalDbm = margin === 0 ? undefined : margin > 0 ? margin + marginFloorDbm : margin;
    byDevice.set(toMac(observation.clientMac) ?? index, { accessPoint, signalDbm });
    times.push(toTime(observation.seenEpoch ?? observation.seenTime));
  }
  return { hearings: [...byDevice.values()], accessPoints: [accessPoint], time: latestOf(times) };
};

/** Version 3: one post a network. Each device names the access points that heard it, the latest word counts. */
export const hearingsOfVersion3 = (data: Entry): Hearings => {
  const byPair = new Map<string, Hearing>();
  const times: (number | undefined)[] = [];
  const hear = (device: string, apMac: unknown, rssi: unknown): void => {
    const accessPoint = toMac(apMac);
    const signal = numberOf(rssi) ?? 0;
    if (accessPoint === undefined) return;
    byPair.set(`${device} ${accessPoint}`, { accessPoint, signalDbm: signal < 0 ? signal : undefined });
  };
  for (const [index, observation] of observationsOf(data).entries()) {
    const device = toMac(observation.clientMac) ?? String(index);
    for (const location of Array.isArray(observation.locations) ? observation.locations : []) {
      times.push(toTime(valueAt(location, ['time'])));
      const records = valueAt(location, ['rssiRecords']);
      for (const record of Array.isArray(records) ? records : [])
        hear(device, valueAt(record, ['apMac']), valueAt(record, ['rssi']));
    }
    const latest = observation.latestRecord;
    times.push(toTime(valueAt(latest, ['time'])));
    hear(device, valueAt(latest, ['nearestApMac']), valueAt(latest, ['nearestApRssi']));
  }
  return { hearings: [...byPair.values()], accessPoints: [], time: toTime(data.endTime) ?? latestOf(times) };
};
