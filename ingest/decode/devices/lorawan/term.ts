import type { FieldName, MeasurementName, Measurements } from '../../../../model/measurements.ts';
import { registerMarks } from '../../absent.ts';
import { type Rule, rule } from '../../rule.ts';
import type { SourceUnit } from '../../source-unit.ts';

/** The figures of one decoded object by squashed key. */
export type Keyed = ReadonlyMap<string, unknown>;

/** What a key of a decoded object means. */
export type Term =
  | {
      readonly kind: 'figure';
      readonly rule: Rule;
      /** Numbers that are codes: what each means, `undefined` where it tells nothing. Others are not believed. */
      readonly codes?: Readonly<Record<number, number | undefined>>;
      /** Why a number cannot be believed although the model has room for it. */
      readonly doubt?: (value: number, keyed: Keyed) => string | undefined;
    }
  /** Understood, and there is a reason why it is not kept. */
  | { readonly kind: 'left out'; readonly why: string }
  /** Understood, and nothing that the model speaks of. */
  | { readonly kind: 'ignored' };

type Figure = Extract<Term, { kind: 'figure' }>;
type FigureOptions = Pick<Figure, 'codes' | 'doubt'> & Pick<Rule, 'words' | 'absent'>;

/** A key whose value is a figure of the model. Codecs hand on what a register holds, and so what an empty one does. */
export const figure = <M extends MeasurementName>(
  key: string,
  unit: SourceUnit,
  measurement: M,
  field: FieldName<M>,
  tags?: Readonly<Partial<Record<keyof Measurements[M]['tags'] & string, string>>>,
  { codes, doubt, absent = [], ...options }: FigureOptions = {},
): Term => ({
  kind: 'figure',
  rule: rule([key], unit, measurement, field, tags, {
    ...options,
    absent: [...absent, ...registerMarks(measurement, field)],
  }),
  ...(codes === undefined ? {} : { codes }),
  ...(doubt === undefined ? {} : { doubt }),
});

export const leftOut = (why: string): Term => ({ kind: 'left out', why });
export const ignored: Term = { kind: 'ignored' };

/** Keys that mean the same figure. */
export const each = (keys: readonly string[], term: (key: string) => Term): Record<string, Term> =>
  Object.fromEntries(keys.map((key) => [key, term(key)]));

const squashedMax = 20_000;
const squashed = new Map<string, string>();

/** A key without case and punctuation, so that `TempC_SHT`, `total_in` and `totalIn` need one spelling each. */
export const squash = (key: string): string => {
  let known = squashed.get(key);
  if (known === undefined) {
    known = key.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (squashed.size >= squashedMax) squashed.clear();
    if (key.length <= 64) squashed.set(key, known);
  }
  return known;
};

/** A vocabulary by squashed key. */
export const vocabularyOf = (terms: Readonly<Record<string, Term>>): ReadonlyMap<string, Term> =>
  new Map(Object.entries(terms).map(([key, term]) => [squash(key), term]));
