import type { FieldName, MeasurementName, Measurements } from '../../model/measurements.ts';
import type { Tags } from '../../model/point.ts';
import type { SourceUnit } from './source-unit.ts';

/** One field of a device as data: where it stands in the payload, in which unit, and where it goes. */
export interface Rule {
  /** Keys from the payload's root. */
  readonly path: readonly string[];
  readonly unit: SourceUnit;
  readonly measurement: MeasurementName;
  readonly field: string;
  readonly tags: Tags;
  /** Words and what they mean, e.g. `{ occupied: 1, vacant: 0 }`. A word that is not here is not believed. */
  readonly words?: Readonly<Record<string, number>>;
  /** Numbers may come as text here ("42", "-8.40"); elsewhere a number in a string is not believed. */
  readonly text?: true;
  /**
   * Numbers by which this device says that it has no value, e.g. 0 for the signal of a radio that is off. Those that
   * say so everywhere need not be named (`usualMarks`).
   */
  readonly absent?: readonly number[];
}

type OwnTags<M extends MeasurementName> = Readonly<
  Partial<Record<keyof Measurements[M]['tags'] & string, string>>
>;
type RuleOptions = Pick<Rule, 'words' | 'text' | 'absent'>;

/**
 * A rule for a field of the model: it can only name what exists.
 * @param path keys joined by `.`, e.g. `aenergy.total`; an array of keys where a key has a dot itself
 */
export const rule = <M extends MeasurementName>(
  path: string | readonly string[],
  unit: SourceUnit,
  measurement: M,
  field: FieldName<M>,
  tags?: OwnTags<M>,
  options: RuleOptions = {},
): Rule => ({
  path: typeof path === 'string' ? path.split('.') : path,
  unit,
  measurement,
  field,
  tags: definedTags(tags ?? {}),
  ...options,
});

const known = new Map<string, Tags>();

/** The same tags are the same object: whoever gathers figures need not compare them. */
const definedTags = (tags: Readonly<Record<string, string | undefined>>): Tags => {
  const defined: Record<string, string> = {};
  for (const tag of Object.keys(tags).sort()) {
    const value = tags[tag];
    if (value !== undefined) defined[tag] = value;
  }
  const key = JSON.stringify(defined);
  const same = known.get(key) ?? defined;
  known.set(key, same);
  return same;
};
