import { expect, it } from 'vitest';
import { covers, overlaps, parseFilter, requireApart, withoutCovered } from './topic-filter.ts';

it.each([
  ['a/b', 'a/b', true],
  ['a/+', '+/b', true],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['#', 'a', true],
  ['+/b/#', 'a/+', true],
  ['a/b', 'a/c', false],
  ['a/+', 'a', false],
  ['a/+', 'a/b/c', false],
  ['a/#', 'b/#', false],
])('tells whether %s and %s have topics in common: %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected);
  expect(overlaps(other, one)).toBe(expected);
});

it.each([
  ['#', 'a/+', true],
  ['a/#', 'a', true],
  ['a/#', 'a/#', true],
  ['a/+', 'a/b', true],
  ['+/+', 'a/b', true],
  ['a/+', 'a/#', false],
  ['a/b', 'a/+', false],
  ['a/+', 'a', false],
  ['+', '#', false],
])('tells whether %s covers %s: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});

it('leaves out what another filter covers', () => {
  expect(withoutCovered(['b/c', 'a/b', 'a/#', 'a/b', 'b/+'])).toEqual(['a/#', 'b/+']);
});

it.each(['', 'a/#/b', 'a#', 'a+/b', '$share/aperto/a', 'a\0', 'a'.repeat(257)])(
  'takes %j for no filter',
  (text) => {
    expect(() => parseFilter(text)).toThrow('--topic');
  },
);

it('refuses two filters that share topics, and names them', () => {
  expect(() => requireApart(['a/+', 'b/#', '+/c'])).toThrow('--topic a/+ and --topic +/c');
  expect(() => requireApart(['a/+', 'b/#', 'c/d'])).not.toThrow();
});
