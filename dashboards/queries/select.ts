import type { FieldName, Measurements, StoredName, TagName } from '../../model/measurements.ts';
import type { Rollups } from '../../model/rollup/rollups.ts';
import type { Expression } from './expression.ts';
import type { VariableName } from './variable.ts';

/** Window of a `GROUP BY time`: `$__interval`, which follows the panel's width and minimum, or a fixed one. */
export type Every = 'interval' | `${number}${'s' | 'm' | 'h' | 'd'}`;

/** `null` leaves a gap where a window has no data: silence is shown, not bridged. */
export type Fill = 'none' | 'null';

/** What a tag must be: a value of its closed list, all but one, or what the reader chose in a variable. */
export type Filter<V extends string = string> = V | { readonly not: V } | { readonly variable: VariableName };

type OwnTags<M extends StoredName> = (Measurements & Rollups)[M]['tags'];

/**
 * Values that a query may name. Site, zone, device and open tags have none: they come from variables alone, so
 * that no query is tied to one place.
 */
type TagValue<M extends StoredName, T extends string> = T extends keyof OwnTags<M>
  ? OwnTags<M>[T] extends readonly (infer V extends string)[]
    ? V
    : never
  : never;

export type Where<M extends StoredName> = {
  readonly [T in TagName<M>]?: Filter<TagValue<M, T>>;
};

interface Grouping<T extends string> {
  readonly by?: readonly T[];
  readonly every?: Every;
  readonly fill?: Fill;
}

/**
 * A query, as data. `C` are its columns, `T` the tags by which it is grouped: what an outer query may read.
 * The time filter is no part of it, for no query goes without.
 */
export interface Select<C extends string = string, T extends string = string> {
  readonly from: StoredName | Select;
  readonly columns: readonly (readonly [C, Expression])[];
  readonly where: Readonly<Record<string, Filter>>;
  readonly by: readonly T[];
  readonly every: Every | undefined;
  readonly fill: Fill;
  /** Fields, or columns of the inner query, that must be at least, or less than, so much. */
  readonly bounds: readonly Bound[];
  /** Tags that stand beside the columns: where points are told one by one, for annotations. */
  readonly told: readonly string[];
}

export type Bound = readonly [name: string, operator: '>=' | '<', value: number];
type Bounds<N extends string> = Readonly<Partial<Record<N, number>>>;
interface Bounding<N extends string> {
  readonly atLeast?: Bounds<N>;
  readonly under?: Bounds<N>;
}

export type Columns<C extends string, N extends string> = Readonly<Record<C, Expression<N>>>;

/**
 * Reads a measurement. Names that the model does not have do not compile.
 * @param shape `columns` by their alias; `where` by tag, all of them must hold; `by` tags; `every` the window
 */
export const select = <M extends StoredName, C extends string, T extends TagName<M> = never>(
  from: M,
  shape: {
    readonly columns: Columns<C, FieldName<M>>;
    readonly where: Where<M>;
    readonly told?: readonly TagName<M>[];
  } & Grouping<T> &
    Bounding<FieldName<M>>,
): Select<C, T> => ({
  ...assemble(shape),
  from,
  where: filters(shape.where),
  told: shape.told ?? [],
});

/** Reads the result of another query: its columns as fields, the tags that it is grouped by as tags. */
export const selectFrom = <I extends string, G extends string, C extends string, T extends G = never>(
  from: Select<I, G>,
  shape: { readonly columns: Columns<C, NoInfer<I>> } & Grouping<T> & Bounding<NoInfer<I>>,
): Select<C, T> => ({ ...assemble(shape), from, where: {}, told: [] });

const bounds = (operator: Bound[1], given: Bounds<string> = {}): Bound[] =>
  Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, operator, value] as const],
  );

const assemble = <C extends string, T extends string>(
  shape: { readonly columns: Columns<C, string> } & Grouping<T> & Bounding<string>,
) => ({
  columns: entries(shape.columns),
  by: shape.by ?? [],
  every: shape.every,
  fill: shape.fill ?? 'none',
  bounds: [...bounds('>=', shape.atLeast), ...bounds('<', shape.under)],
});

const entries = <C extends string, V>(record: Readonly<Record<C, V>>): [C, V][] => {
  const pairs: [C, V][] = [];
  for (const key in record) pairs.push([key, record[key]]);
  return pairs;
};

/** Leaves out the tags that are not narrowed. */
export const filters = (
  where: Readonly<Record<string, Filter | undefined>>,
): Readonly<Record<string, Filter>> =>
  Object.fromEntries(
    Object.entries(where).flatMap(([tag, filter]) => (filter === undefined ? [] : [[tag, filter]])),
  );
