import { isRecord } from '../../measure.ts';
import { type Keyed, squash } from './term.ts';

/** A decoded object made flat. */
export interface Flat {
  /** Values by squashed path: `line_1.total_in` and `line_1_total_in` are the same key. */
  readonly keyed: Keyed;
  /** Units that stand beside a value (`{ "unit": "°C", "value": 21.4 }`), by the same keys. */
  readonly units: ReadonlyMap<string, string>;
  /** Records of the past, as they stand. */
  readonly history: readonly unknown[];
}

const depthMax = 5;
const keysMax = 500;

/** Envelopes that codecs put around their figures, and that say nothing about them. */
const wrappers = new Set(['data', 'payload', 'bytes', 'decoded', 'measurements', 'sensors']);

/** Makes an object flat. What lies deeper than any known codec writes is left. */
export const flatten = (object: Readonly<Record<string, unknown>>): Flat => {
  const keyed = new Map<string, unknown>();
  const units = new Map<string, string>();
  const history: unknown[] = [];

  const put = (key: string, value: unknown): void => {
    if (keyed.size < keysMax) keyed.set(key, value);
  };
  /** `{ value, unit }`, or the newest of `{ values: [t=0, t-1, …], unit }`. */
  const putQuantity = (key: string, part: Readonly<Record<string, unknown>>): boolean => {
    const value = Array.isArray(part.values) ? part.values[0] : part.value;
    if (value === undefined || isRecord(value)) return false;
    put(key, value);
    if (typeof part.unit === 'string' && part.unit.length <= 16) units.set(key, part.unit);
    return true;
  };
  const walk = (part: Readonly<Record<string, unknown>>, prefix: string, depth: number): void => {
    for (const name of Object.keys(part)) {
      const value = part[name];
      const key = prefix + squash(name);
      if (!isRecord(value)) {
        if (key === 'history' && Array.isArray(value)) history.push(...value.slice(0, keysMax));
        else put(key, value);
      } else if (depth < depthMax && !putQuantity(key, value)) {
        walk(value, prefix === '' && wrappers.has(key) ? '' : key, depth + 1);
      }
    }
  };
  walk(object, '', 1);
  return { keyed, units, history };
};
