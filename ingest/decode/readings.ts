import type { MeasurementName } from '../../model/measurements.ts';
import { type Reading, seriesKey, type Tags } from '../../model/point.ts';

/** Who speaks, and when: the same for all readings of one part of a payload. */
export interface Speaker {
  readonly device: string;
  readonly time?: number | undefined;
  readonly backfill?: boolean | undefined;
}

type Fields = Record<string, number>;

interface Gathered {
  readonly speaker: Speaker;
  readonly measurement: MeasurementName;
  readonly tags: Tags;
  readonly fields: Fields;
}

/** Up to so many are looked through one by one, which is quicker than to name each. */
const scannedMax = 16;

/** The readings of a message: one for each device, time, measurement and tags, in the order in which they came. */
export class Readings {
  readonly #list: Gathered[] = [];
  /** Those of a message that has many. */
  #byName: Map<string, Gathered> | undefined;
  #latest: Gathered | undefined;

  get size(): number {
    return this.#list.length;
  }

  /** The fields of a reading, where it is there. Figures of one reading mostly come together. */
  find(speaker: Speaker, measurement: MeasurementName, tags: Tags): Fields | undefined {
    const latest = this.#latest;
    if (latest !== undefined && isOf(latest, speaker, measurement, tags)) return latest.fields;
    const known =
      this.#byName === undefined
        ? this.#list.find((each) => isOf(each, speaker, measurement, tags))
        : this.#byName.get(nameOf(speaker, measurement, tags));
    if (known !== undefined) this.#latest = known;
    return known?.fields;
  }

  /** The fields of a reading, which is made where it is not there yet. */
  fieldsOf(speaker: Speaker, measurement: MeasurementName, tags: Tags): Fields {
    const known = this.find(speaker, measurement, tags);
    if (known !== undefined) return known;
    const made: Gathered = { speaker, measurement, tags, fields: {} };
    this.#list.push(made);
    this.#latest = made;
    if (this.#list.length > scannedMax) this.#name(made);
    return made.fields;
  }

  all(): Reading[] {
    return this.#list.map(toReading);
  }

  #name(made: Gathered): void {
    if (this.#byName === undefined) {
      this.#byName = new Map(
        this.#list.map((each) => [nameOf(each.speaker, each.measurement, each.tags), each]),
      );
    } else {
      this.#byName.set(nameOf(made.speaker, made.measurement, made.tags), made);
    }
  }
}

const nameOf = ({ device, time }: Speaker, measurement: MeasurementName, tags: Tags): string =>
  `${device}\u0000${time ?? ''}\u0000${seriesKey(measurement, tags)}`;

const isOf = (
  gathered: Gathered,
  { device, time }: Speaker,
  measurement: MeasurementName,
  tags: Tags,
): boolean =>
  gathered.measurement === measurement &&
  gathered.speaker.device === device &&
  gathered.speaker.time === time &&
  (gathered.tags === tags || isSame(gathered.tags, tags));

const isSame = (one: Tags, other: Tags): boolean => {
  for (const tag in one) if (one[tag] !== other[tag]) return false;
  for (const tag in other) if (one[tag] === undefined) return false;
  return true;
};

const toReading = ({ speaker, measurement, tags, fields }: Gathered): Reading => {
  const { device, time, backfill } = speaker;
  if (time === undefined)
    return backfill === true
      ? { device, measurement, tags, fields, backfill }
      : { device, measurement, tags, fields };
  return backfill === true
    ? { device, measurement, tags, fields, time, backfill }
    : { device, measurement, tags, fields, time };
};
