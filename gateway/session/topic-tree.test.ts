import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers } from '../topic-filter.ts';
import { TopicTree } from './topic-tree.ts';

test.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/b/c', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a', false],
  ['a/+', 'a/', true],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['#', 'a/b', true],
  ['#', '$SYS/a', false],
  ['+/a', '$SYS/a', false],
  ['$SYS/#', '$SYS/a', true],
  ['+/+', '/a', true],
  ['/+', '/a', true],
  ['+', '/a', false],
])('%s matches %s: %s [MQTT-4.7]', (filter, topic, expected) => {
  expect(covers(filter, topic)).toBe(expected);
  const tree = new TopicTree<number>();
  tree.set(filter, 'x', 1);
  expect(tree.match(topic)).toEqual(expected ? [['x', 1]] : []);
});

const level = fc.constantFrom('', 'a', 'b', '$s', '__proto__');
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filter = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.boolean())
  .map(([levels, all]) => (all || levels.length === 0 ? [...levels, '#'] : levels).join('/'));

test('the tree finds what the filters match one by one, also after some went', () => {
  const entry = fc.tuple(filter, fc.constantFrom('x', 'y'), fc.boolean());
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), topic, (entries, name) => {
      const tree = new TopicTree<string>();
      const kept = new Map<string, [string, string]>();
      for (const [each, owner, stays] of entries) {
        if (stays) tree.set(each, owner, each);
        else tree.delete(each, owner);
        if (stays) kept.set(`${owner} ${each}`, [owner, each]);
        else kept.delete(`${owner} ${each}`);
      }
      const expected = [...kept.values()].filter(([, each]) => covers(each, name));
      expect(tree.match(name).sort()).toEqual(expected.sort());
      expect(tree.size).toBe(kept.size);
    }),
  );
});
