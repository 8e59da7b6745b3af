import { fieldOf, type MeasurementName } from '../../model/measurements.ts';
import type { Tags } from '../../model/point.ts';
import type { Unit } from '../../model/unit.ts';
import { isMark, usualMarks } from './absent.ts';
import { type Decoded, type Rejected, rejected } from './decoded.ts';
import { Readings, type Speaker } from './readings.ts';
import type { Rule } from './rule.ts';
import { toBaseUnit } from './source-unit.ts';

export type { Speaker };

/** Words that vendors use for "no value": not a figure, and no fault either. */
const absentWords = new Set(['', 'unknown', 'unavailable', 'none', 'null', 'nan', 'n/a', '-']);

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** A number written as text, or `undefined` where it is none. */
export const toNumber = (text: string): number | undefined => {
  const trimmed = text.trim();
  return trimmed.length <= 40 && numberPattern.test(trimmed) ? Number(trimmed) : undefined;
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of own keys; `undefined` where the way ends early. */
export const valueAt = (payload: unknown, path: readonly string[]): unknown => {
  let value = payload;
  for (const key of path) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
};

const noTags: Tags = {};
const phaseTags = {
  a: { phase: 'a' },
  b: { phase: 'b' },
  c: { phase: 'c' },
  total: { phase: 'total' },
} as const;
/** What three phases have together is their sum. Currents and power factors have none that means anything. */
const summable = ['active_power_w', 'reactive_power_var', 'energy_import_wh', 'energy_export_wh'] as const;

/**
 * Gathers the readings of a message. A value that is no figure, or outside the model's limits, is left out and
 * remembered as a doubt; the rest of the message stands.
 */
export class Gatherer {
  readonly #readings = new Readings();
  readonly #doubts: Rejected[] = [];

  /** Applies rules to (a part of) a payload. An absent key is neither 0 nor free: it gives nothing. */
  apply(speaker: Speaker, payload: unknown, rules: readonly Rule[]): this {
    for (const rule of rules) this.take(speaker, rule, valueAt(payload, rule.path));
    return this;
  }

  /** Applies one rule to a value that was found already. */
  take(speaker: Speaker, rule: Rule, value: unknown): this {
    if (value === undefined || value === null) return this;
    const figure = this.#figure(value, rule);
    if (figure === undefined) return this;
    return this.add(speaker, rule.measurement, rule.field, toBaseUnit(figure, rule.unit), rule.tags);
  }

  /** Adds one figure in the model's unit. */
  add(
    speaker: Speaker,
    measurement: MeasurementName,
    field: string,
    value: number,
    tags: Tags = noTags,
  ): this {
    const definition = fieldOf(measurement, field);
    if (definition === undefined || !Number.isFinite(value)) return this;
    if (value < definition.min || value > definition.max) {
      this.#doubts.push(
        rejected('out_of_limits', `${field}: ${value} is outside ${definition.min}..${definition.max}`),
      );
      return this;
    }
    const figure =
      definition.type === 'float' || Number.isInteger(value) ? value : wholeOf(value, definition.unit);
    if (figure === undefined) {
      this.#doubts.push(rejected('wrong_type', `${field}: ${value} is no whole number`));
      return this;
    }
    this.#readings.fieldsOf(speaker, measurement, tags)[field] = figure;
    return this;
  }

  /** Adds what three phases have together, where all three are believed and the device gave no total itself. */
  sumPhases(speaker: Speaker): this {
    const a = this.#readings.find(speaker, 'power', phaseTags.a);
    const b = this.#readings.find(speaker, 'power', phaseTags.b);
    const c = this.#readings.find(speaker, 'power', phaseTags.c);
    if (a === undefined || b === undefined || c === undefined) return this;
    const total = this.#readings.find(speaker, 'power', phaseTags.total);
    for (const field of summable) {
      // A phase that does not say it makes the sum no number, which is not added.
      const sum = (a[field] ?? Number.NaN) + (b[field] ?? Number.NaN) + (c[field] ?? Number.NaN);
      if (Number.isNaN(sum) || total?.[field] !== undefined) continue;
      const rounded = Number.isInteger(sum) ? sum : Number(sum.toPrecision(12));
      this.add(speaker, 'power', field, rounded, phaseTags.total);
    }
    return this;
  }

  doubt(doubt: Rejected): this {
    this.#doubts.push(doubt);
    return this;
  }

  /** The readings; `nothing` where there are none, or the first doubt where that is why. */
  decoded(): Decoded {
    const [doubt] = this.#doubts;
    if (this.#readings.size === 0) return doubt ?? { kind: 'nothing' };
    const readings = this.#readings.all();
    return doubt === undefined
      ? { kind: 'readings', readings }
      : { kind: 'readings', readings, doubts: this.#doubts };
  }

  #figure(value: unknown, rule: Rule): number | undefined {
    const { words, text, unit, path } = rule;
    if (typeof value === 'number') return presentOf(value, rule);
    if (typeof value === 'boolean' && unit === 'bool') return Number(value);
    if (typeof value === 'string') {
      const word = value.trim().toLowerCase();
      if (words !== undefined && Object.hasOwn(words, word)) return words[word];
      if (absentWords.has(word)) return undefined;
      const number = text === true ? toNumber(word) : undefined;
      if (number !== undefined) return presentOf(number, rule);
    }
    this.#doubts.push(
      rejected('wrong_type', `${path.join('.')}: a ${typeof value} that is no figure of this device`),
    );
    return undefined;
  }
}

const presentOf = (number: number, { measurement, field, absent }: Rule): number | undefined => {
  if (absent?.includes(number) === true) return undefined;
  return isMark(number) && usualMarks(measurement, field).includes(number) ? undefined : number;
};

/** Times and bytes are cut to whole ones; half a person is a fault. */
const wholeOf = (value: number, unit: Unit): number | undefined =>
  unit === 's' || unit === 'B' ? Math.floor(value) : undefined;
