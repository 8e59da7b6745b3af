import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';

const levelsOf = (filter: string): readonly string[] => filter.split('/');

/** Whether some topic matches both filters. */
export const overlaps = (one: string, other: string): boolean => {
  const [a, b] = [levelsOf(one), levelsOf(other)];
  for (let level = 0; level < Math.max(a.length, b.length); level++) {
    const [left, right] = [a[level], b[level]];
    // `a/#` matches `a` too [MQTT5 §4.7.1.2].
    if (left === '#' || right === '#') return true;
    if (left === undefined || right === undefined) return false;
    if (left !== '+' && right !== '+' && left !== right) return false;
  }
  return true;
};

/** Whether every topic that matches `inner` matches `outer`. */
export const covers = (outer: string, inner: string): boolean => {
  const [a, b] = [levelsOf(outer), levelsOf(inner)];
  for (let level = 0; level < Math.max(a.length, b.length); level++) {
    const [left, right] = [a[level], b[level]];
    if (left === '#') return true;
    if (left === undefined || right === undefined || right === '#') return false;
    if (left !== '+' && left !== right) return false;
  }
  return true;
};

/** The filters without those that another one covers, in order of text. */
export const withoutCovered = (filters: Iterable<string>): readonly string[] => {
  const all = [...new Set(filters)].toSorted();
  return all.filter((filter) => !all.some((other) => other !== filter && covers(other, filter)));
};

/**
 * A filter that somebody wrote.
 * @throws ApertoError `usage` where MQTT does not allow it [MQTT5 §4.7.1]
 */
export const parseFilter = (text: string): string => {
  const levels = levelsOf(text);
  const isWrong = levels.some(
    (level, index) =>
      (level.includes('#') && (level !== '#' || index < levels.length - 1)) ||
      (level.includes('+') && level !== '+'),
  );
  if (text === '' || isWrong || text.includes('\0') || Buffer.byteLength(text) > limits.topicBytesMax) {
    throw new ApertoError(
      'usage',
      `--topic ${text}: no topic filter; + stands for one whole level, # for all that follow`,
    );
  }
  if (text.startsWith('$')) {
    throw new ApertoError(
      'usage',
      `--topic ${text}: leave out $share/…; Aperto subscribes as the group "aperto"`,
    );
  }
  return text;
};

/**
 * A message that two shared subscriptions match is delivered for each of them, and then it would come twice.
 * @throws ApertoError `usage` naming two filters of which neither covers the other and that have topics in common
 */
export const requireApart = (filters: readonly string[]): void => {
  for (const [index, filter] of filters.entries()) {
    const other = filters.slice(index + 1).find((later) => overlaps(filter, later));
    if (other !== undefined) {
      throw new ApertoError(
        'usage',
        `--topic ${filter} and --topic ${other} have topics in common, whose messages would come twice; name one that covers both`,
      );
    }
  }
};

const filtersPerPacket = 100;

/** Filters by the packet that asks for them. */
export function* inParts(filters: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < filters.length; from += filtersPerPacket)
    yield filters.slice(from, from + filtersPerPacket);
}
