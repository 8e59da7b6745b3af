/**
 * How the values of one field join when the parts of neighbouring windows (in order of time) or of several devices
 * become one. `last` keeps the later word, so it joins windows of one device alone. `list` is never joined: it is
 * read from the quarter hours in which it was made.
 */
export type Combine = 'sum' | 'max' | 'min' | 'last' | 'list';

export interface PartField {
  readonly unit: string;
  readonly combine: Combine;
  readonly description: string;
}

/**
 * What a window keeps so that figures can be computed later: numbers alone, so that a part is a point of the rollup
 * database. A part speaks about one device, or about a group (a zone or the site) where figures need all of its
 * devices at the same instant. Parts of device scope also add up over devices; those of group scope only over time.
 */
export interface PartDefinition {
  readonly name: string;
  readonly description: string;
  readonly scope: 'device' | 'group';
  readonly fields: Readonly<Record<string, PartField>>;
}

/** Declares a part and keeps its literal names. */
export const definePart = <const D extends PartDefinition>(definition: D): D => definition;

/** Values of a part; an absent `sum` is zero, an absent `max`, `min`, `last` or `list` was not there. */
export type Part<D extends PartDefinition = PartDefinition> = {
  readonly [K in keyof D['fields'] & string]?: number;
};
/** A part while it is being filled. */
export type Filling<D extends PartDefinition> = { [K in keyof D['fields'] & string]?: number };

export const sum = (unit: string, description: string): PartField => ({ unit, combine: 'sum', description });
export const max = (unit: string, description: string): PartField => ({ unit, combine: 'max', description });
export const min = (unit: string, description: string): PartField => ({ unit, combine: 'min', description });
export const last = (unit: string, description: string): PartField => ({
  unit,
  combine: 'last',
  description,
});
export const list = (unit: string, description: string): PartField => ({
  unit,
  combine: 'list',
  description,
});

const joiners: Readonly<Record<Exclude<Combine, 'list'>, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  max: Math.max,
  min: Math.min,
  last: (_, b) => b,
};

/**
 * Joins parts of one definition. Times are whole milliseconds and counts whole numbers, so any grouping of them gives
 * the same sum exactly; energies are real numbers and agree to their last digits.
 * @param parts in order of time, where the definition has `last` fields
 */
export const mergeParts = <D extends PartDefinition>(definition: D, parts: Iterable<Part<D>>): Part<D> => {
  const merged: Filling<D> = {};
  const names: (keyof D['fields'] & string)[] = Object.keys(definition.fields);
  for (const part of parts) {
    for (const name of names) {
      const value = part[name];
      const combine = definition.fields[name]?.combine;
      if (value === undefined || combine === undefined || combine === 'list') continue;
      const known = merged[name];
      merged[name] = known === undefined ? value : joiners[combine](known, value);
    }
  }
  return merged;
};
