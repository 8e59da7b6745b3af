import type { Memory } from '../memory.ts';

const key = (family: string, base: string): string => `${family}/base/${base}`;

/** Something of a family said by which base topic its installation goes: everything below it is the family's. */
export const rememberBase = (family: string, base: string, memory: Memory): void => {
  if (memory.get(key(family, base)) !== true) memory.set(key(family, base), true);
};

/** The base topic of a family that a topic is below; `undefined` where none is known. */
export const baseOf = (family: string, topic: string, memory: Memory): string | undefined => {
  for (let end = topic.indexOf('/'); end > 0; end = topic.indexOf('/', end + 1)) {
    const base = topic.slice(0, end);
    if (memory.get(key(family, base)) === true) return base;
  }
  return undefined;
};
