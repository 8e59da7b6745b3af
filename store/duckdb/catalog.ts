import type { DuckDBConnection } from '@duckdb/node-api';
import { isStoredName, type StoredName, storedNames, tagsOf } from '../../model/measurements.ts';
import { seriesKey, type Tags } from '../../model/point.ts';
import { pickTags } from '../page.ts';
import { pointsTable } from './schema.ts';
import { identifier } from './sql.ts';

/** A series that the file does not hold yet. */
export interface NewSeries {
  readonly id: number;
  readonly key: string;
  readonly measurement: StoredName;
  readonly tags: Tags;
}

/**
 * The series of one file, in memory: which number stands for which tags, and the time after which a series
 * certainly holds no point. A number is never used twice, not even after a transaction that failed.
 */
export class Catalog {
  readonly #ids = new Map<string, number>();
  readonly #tags: Tags[] = [];
  readonly #numbers = new Map<StoredName, number[]>();
  readonly #newest: number[] = [];
  readonly #seriesMax: number;

  private constructor(seriesMax: number) {
    this.#seriesMax = seriesMax;
  }

  static async load(connection: DuckDBConnection, seriesMax: number): Promise<Catalog> {
    const catalog = new Catalog(seriesMax);
    const newest = await readNewest(connection);
    const result = await connection.runAndReadAll('select * from series');
    const columns = result.columnNames();
    for (const row of result.getRows()) {
      const cellOf = (name: string): unknown => row[columns.indexOf(name)];
      const measurement = String(cellOf('measurement'));
      const id = Number(cellOf('id'));
      const tags = isStoredName(measurement) ? pickTags(tagsOf(measurement), cellOf) : {};
      catalog.#tags[id] = tags;
      catalog.#newest[id] = newest.get(measurement) ?? 0;
      if (isStoredName(measurement)) catalog.#note(id, seriesKey(measurement, tags), measurement);
    }
    return catalog;
  }

  idOf(key: string): number | undefined {
    return this.#ids.get(key);
  }

  /** Tags of a series, in the model's order. */
  tagsOf(id: number): Tags {
    return this.#tags[id] ?? {};
  }

  /** Numbers of a measurement's series with these tags; an empty value stands for an absent tag. */
  matching(measurement: StoredName, tags: Tags): number[] {
    const wanted = Object.entries(tags);
    return (this.#numbers.get(measurement) ?? []).filter((id) =>
      wanted.every(([name, value]) => (this.#tags[id]?.[name] ?? '') === value),
    );
  }

  /** Gives the next number to a series; `undefined` when the file holds as many as it may. */
  add(key: string, measurement: StoredName, tags: Tags): NewSeries | undefined {
    if (this.#ids.size >= this.#seriesMax) return undefined;
    const picked = pickTags(tagsOf(measurement), (name) => tags[name]);
    const id = this.#tags.push(picked) - 1;
    this.#newest[id] = Number.NEGATIVE_INFINITY;
    this.#note(id, key, measurement);
    return { id, key, measurement, tags: picked };
  }

  /** Whether the series certainly holds nothing at this time or later. */
  isAhead(id: number, time: number): boolean {
    return time > (this.#newest[id] ?? Number.POSITIVE_INFINITY);
  }

  /** Takes note of a point that is about to be written; a write that fails leaves a bound that is safe. */
  advance(id: number, time: number): void {
    if (this.isAhead(id, time)) this.#newest[id] = time;
  }

  #note(id: number, key: string, measurement: StoredName): void {
    this.#ids.set(key, id);
    const numbers = this.#numbers.get(measurement);
    if (numbers === undefined) this.#numbers.set(measurement, [id]);
    else numbers.push(id);
  }

  /** Takes back what a transaction that failed did not write. */
  forget(series: readonly NewSeries[]): void {
    const lost = new Set(series.map(({ id }) => id));
    for (const { key, measurement } of series) {
      this.#ids.delete(key);
      const numbers = this.#numbers.get(measurement) ?? [];
      this.#numbers.set(
        measurement,
        numbers.filter((id) => !lost.has(id)),
      );
    }
  }
}

/** The newest time of each measurement: for each of its series a bound, if not the least one. */
const readNewest = async (connection: DuckDBConnection): Promise<Map<string, number>> => {
  const newest = new Map<string, number>();
  for (const name of storedNames) {
    const table = identifier(pointsTable(name));
    const result = await connection.runAndReadAll(`select epoch_ms(max(ts))::DOUBLE from ${table}`);
    newest.set(name, Number(result.getRows()[0]?.[0] ?? Number.NEGATIVE_INFINITY));
  }
  return newest;
};
