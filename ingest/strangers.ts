import { limits } from '../model/limits.ts';
import type { MeasurementName } from '../model/measurements.ts';
import type { Reading } from '../model/point.ts';
import type { Message } from './message.ts';

/** A device that speaks and that no site file names. */
export interface Stranger {
  /** What it calls itself: the `source` to write into the site file. */
  readonly identity: string;
  /** The device definition that understood it, e.g. `shelly-gen2/status`. */
  readonly definition: string;
  readonly topic: string;
  /** Epoch milliseconds. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly messages: number;
  /** What it measures: `measurement.field`. */
  readonly fields: readonly string[];
  /** The list of the site file that it seems to belong to. */
  readonly list: 'seats' | 'counters' | 'access_points' | 'meters' | 'weather';
  /** A line to paste under that list, with a place to be filled in. */
  readonly line: string;
}

interface Seen {
  readonly definition: string;
  readonly topic: string;
  readonly firstSeen: number;
  readonly fields: Set<string>;
  lastSeen: number;
  messages: number;
  latest: Message | undefined;
}

/** Fields that are remembered of one stranger. */
const fieldsMax = 64;

/** The devices that nobody placed yet, the least recently new first to go beyond a limit. */
export class Strangers {
  readonly #seen = new Map<string, Seen>();

  note(
    { site, device, measurement, fields }: Reading,
    definition: string | undefined,
    message: Message,
  ): void {
    const { topic, receivedAt } = message;
    // A native topic names its site: that is a device that the site file lacks, and its id is the topic's own.
    const identity = site === undefined ? device : `${site}/${device}`;
    let seen = this.#seen.get(identity);
    if (seen === undefined) {
      seen = {
        definition: definition ?? 'native',
        topic,
        firstSeen: receivedAt,
        fields: new Set(),
        lastSeen: 0,
        messages: 0,
        latest: undefined,
      };
      this.#seen.set(identity, seen);
      if (this.#seen.size > limits.strangersMax) this.#forgetOldest();
    }
    // A message may have several readings of one device.
    if (seen.latest !== message) seen.messages++;
    seen.latest = message;
    seen.lastSeen = Math.max(seen.lastSeen, receivedAt);
    for (const field in fields) if (seen.fields.size < fieldsMax) seen.fields.add(`${measurement}.${field}`);
  }

  /** Latest heard first. */
  list(): readonly Stranger[] {
    return [...this.#seen]
      .map(([identity, seen]) => describe(identity, seen))
      .sort((a, b) => b.lastSeen - a.lastSeen);
  }

  #forgetOldest(): void {
    for (const identity of this.#seen.keys()) {
      this.#seen.delete(identity);
      return;
    }
  }
}

const describe = (identity: string, { fields, latest: _, ...seen }: Seen): Stranger => {
  const list = listOf([...fields]);
  return {
    identity,
    ...seen,
    fields: [...fields],
    list,
    line: lineOf(identity, list, seen.definition === 'native'),
  };
};

const listOfMeasurement: Partial<Record<MeasurementName, Stranger['list']>> = {
  access_point: 'access_points',
  radio: 'access_points',
  power: 'meters',
  weather: 'weather',
};

const listOf = (fields: readonly string[]): Stranger['list'] => {
  if (fields.includes('occupancy.in_total') || fields.includes('occupancy.people')) return 'counters';
  if (fields.some((field) => field.startsWith('occupancy.'))) return 'seats';
  for (const [measurement, list] of Object.entries(listOfMeasurement)) {
    if (fields.some((field) => field.startsWith(`${measurement}.`))) return list;
  }
  return 'seats';
};

const extras: Record<Stranger['list'], string> = {
  seats: '',
  counters: '',
  access_points: ", bands: ['2.4', '5']",
  meters: ', role: circuit, phases: [a], name: { it: …, en: … }',
  weather: '',
};

/** The line is valid YAML once zone, place and names are filled in; a native device keeps the id of its topic. */
const lineOf = (identity: string, list: Stranger['list'], native: boolean): string => {
  const id = native ? identity.split('/').at(-1) : '…';
  const source = native ? '' : `, source: ${JSON.stringify(identity)}`;
  return `- { id: ${id}, zone: …, at: [0, 0]${extras[list]}${source} }`;
};
