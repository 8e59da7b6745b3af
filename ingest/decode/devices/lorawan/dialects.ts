import { adeunis } from './adeunis.ts';
import { browan, browanMotion } from './browan.ts';
import type { Dialect } from './dialect.ts';
import { elsys } from './elsys.ts';
import { milesightClamp, milesightSocket } from './milesight.ts';
import { parametric } from './parametric.ts';

/** Codecs whose keys mean something of their own, in the order in which they are asked. */
export const dialects: readonly Dialect[] = [
  milesightSocket,
  milesightClamp,
  browanMotion,
  browan,
  parametric,
  adeunis,
  elsys,
];

const byName = new Map(dialects.map((dialect) => [dialect.name, dialect]));

/** The dialect of that name, or `undefined`. */
export const dialectByName = (name: string): Dialect | undefined => byName.get(name);
