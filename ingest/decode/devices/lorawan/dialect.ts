import type { Keyed, Term } from './term.ts';

/** How one vendor's codec uses keys that others use differently. */
export interface Dialect {
  readonly name: string;
  /** True where an object can only come from this codec. */
  readonly marked: (keyed: Keyed) => boolean;
  /** Names of models, as device profiles and repositories write them. */
  readonly models: RegExp;
  /** Keys that mean something else here; they go before the common vocabulary. */
  readonly terms: ReadonlyMap<string, Term>;
}

/** True where all keys of one of the lists are there. */
export const hasKeys =
  (...lists: readonly (readonly string[])[]) =>
  (keyed: Keyed): boolean =>
    lists.some((keys) => keys.every((key) => keyed.has(key)));
