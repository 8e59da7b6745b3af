import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, isTopicFilter } from './topic-filter.ts';

test.each([
  ['aperto/1/s/seat/S07', 'aperto/1/s/seat/S07'],
  ['a/+/c', 'a/b/c'],
  ['a/+/c', 'a/+/c'],
  ['a/#', 'a'],
  ['a/#', 'a/b/c'],
  ['a/#', 'a/+/#'],
  ['#', 'a/b'],
  ['#', '#'],
  ['+', 'a'],
  ['a/+', 'a/'],
  ['$SYS/#', '$SYS/aperto/uptime'],
])('%s covers %s', (grant, asked) => {
  expect(covers(grant, asked)).toBe(true);
});

test.each([
  ['aperto/1/s/seat/S07', 'aperto/1/s/seat/S08'],
  ['aperto/1/s/seat/S07', 'aperto/1/s/seat/S07/x'],
  ['aperto/1/s/seat/S07', 'aperto/1/s/seat'],
  ['aperto/1/s/seat/S07', 'aperto/1/s/seat/+'],
  ['a/+', 'a/#'],
  ['a/+', 'a/b/c'],
  ['a/b', 'a/+'],
  ['a/#', 'b'],
  ['a/#', 'ab'],
  ['a/#', '#'],
  ['+/b', '#'],
  ['#', '$SYS/aperto/uptime'],
  ['+/aperto/uptime', '$SYS/aperto/uptime'],
  ['#', '$share/g/a'],
  ['', 'a'],
])('%s does not cover %s', (grant, asked) => {
  expect(covers(grant, asked)).toBe(false);
});

const level = fc.constantFrom('a', 'b', '', '$x');
const topics = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filters = fc
  .tuple(
    fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 3 }),
    fc.constantFrom([], ['#']),
  )
  .map(([levels, end]) => [...levels, ...end].join('/'));

/** Written by another way: a filter as a regular expression. */
const takes = (filter: string, topic: string): boolean => {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false;
  const escaped = filter.replaceAll('$', '\\$').replaceAll('+', '[^/]*');
  const expression = escaped === '#' ? '.*' : escaped.replace(/\/#$/, '(/.*)?');
  return new RegExp(`^${expression}$`).test(topic);
};

test('a topic is covered where the filter takes it', () => {
  fc.assert(
    fc.property(filters, topics, (filter, topic) => covers(filter, topic) === takes(filter, topic)),
    { numRuns: 3_000 },
  );
});

test('whoever is given a covered filter hears nothing beyond the grant', () => {
  fc.assert(
    fc.property(
      filters,
      filters,
      topics,
      (grant, asked, topic) => !covers(grant, asked) || !takes(asked, topic) || takes(grant, topic),
    ),
    { numRuns: 3_000 },
  );
});

test.each(['a', 'a/b', '+', '#', 'a/#', '+/a/+/#', '/', 'a//b', '$SYS/#'])('%s is a filter', (filter) => {
  expect(isTopicFilter(filter)).toBe(true);
});

test.each(['', 'a#', 'a/#/b', 'a+', '+a/b', '#/', 'a\0', 'x'.repeat(257), `${'a/'.repeat(16)}a`])(
  '%j is none',
  (filter) => {
    expect(isTopicFilter(filter)).toBe(false);
  },
);
