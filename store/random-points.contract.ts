import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { FieldDefinition } from '../model/measurement.ts';
import { definitionOf, type MeasurementName, measurementNames } from '../model/measurements.ts';
import type { Fields, Point, Tags } from '../model/point.ts';
import { hour, start } from './samples.contract.ts';

const zones = ['north', 'south', 'café "x"', 'a=b, c'];
/** Sums of counters stay within the 64 bits in which InfluxDB adds integers. */
const integerMax = 1e12;
const batchPoints = 250;

/**
 * Points as a bad day brings them, from one seed: in disorder, some late by days, some repeated word for word, some
 * repeated with other fields and other values.
 */
export class RandomPoints {
  readonly #random: ReturnType<typeof xoroshiro128plus>;
  readonly #site: string;
  readonly #made: Point[] = [];

  constructor(seed: number, site: string) {
    this.#random = xoroshiro128plus(seed);
    this.#site = site;
  }

  /** The next batches. */
  batches(count: number): Point[][] {
    return Array.from({ length: count }, () => Array.from({ length: batchPoints }, () => this.#next()));
  }

  #next(): Point {
    const earlier = this.#made[this.#upTo(this.#made.length)];
    if (earlier !== undefined && this.#chance(10)) return earlier;
    const point =
      earlier !== undefined && this.#chance(15)
        ? { ...earlier, fields: this.#fields(earlier.measurement) }
        : this.#fresh();
    this.#made.push(point);
    return point;
  }

  #fresh(): Point {
    const measurement = this.#oneOf(measurementNames, 'weather');
    const late = this.#chance(5) ? this.#upTo(7) * 24 * hour : 0;
    const time = start - late + this.#upTo(3 * 3600) * 1000;
    return { measurement, tags: this.#tags(measurement), fields: this.#fields(measurement), time };
  }

  #tags(measurement: MeasurementName): Tags {
    const own = Object.entries(definitionOf(measurement).tags).map(([name, values]) => [
      name,
      this.#oneOf(values ?? ['a.example', 'b.example:443'], ''),
    ]);
    const zone = this.#oneOf(zones, 'north');
    return { site: this.#site, zone, device: `d${this.#upTo(2)}`, ...Object.fromEntries(own) };
  }

  #fields(measurement: MeasurementName): Fields {
    const all = Object.entries(definitionOf(measurement).fields);
    const chosen = all.filter(() => this.#chance(40));
    return Object.fromEntries(
      (chosen.length > 0 ? chosen : all).map(([name, field]) => [name, this.#value(field)]),
    );
  }

  #value({ type, min, max }: FieldDefinition): number {
    const value = min + uniformFloat64(this.#random) * (Math.min(max, integerMax) - min);
    return type === 'integer' ? Math.round(value) : value;
  }

  #oneOf<Value>(values: readonly Value[], otherwise: Value): Value {
    return values[this.#upTo(values.length - 1)] ?? otherwise;
  }

  #chance(percent: number): boolean {
    return this.#upTo(99) < percent;
  }

  #upTo(max: number): number {
    return uniformInt(this.#random, 0, max);
  }
}
