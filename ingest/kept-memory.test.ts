import { expect, test } from 'vitest';
import { KeptMemory } from './kept-memory.ts';

const limits = { entriesMax: 3, valueBytesMax: 20 };

test('what changed is told once, and again where it did not become durable', () => {
  const memory = new KeptMemory(limits, [['a', '1']]);
  expect(memory.get('a')).toBe(1);
  expect(memory.takeChanges()).toEqual([]);
  memory.set('b', { x: [1, 'y'] });
  memory.delete('a');
  const changes = memory.takeChanges();
  expect(changes).toEqual([
    ['b', '{"x":[1,"y"]}'],
    ['a', undefined],
  ]);
  expect(memory.takeChanges()).toEqual([]);
  memory.set('b', 2);
  memory.putBack(changes);
  expect(memory.takeChanges()).toEqual([
    ['b', '2'],
    ['a', undefined],
  ]);
});

test('the least recently set goes first, here and in the file', () => {
  const memory = new KeptMemory(limits, [
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ]);
  memory.set('a', 4);
  memory.set('d', 5);
  expect(memory.get('b')).toBeUndefined();
  expect(memory.takeChanges()).toEqual([
    ['a', '4'],
    ['d', '5'],
    ['b', undefined],
  ]);
});

test('a value that is too large is remembered while the process runs, and not kept', () => {
  const memory = new KeptMemory(limits, []);
  memory.set('a', 'x'.repeat(30));
  expect(memory.get('a')).toHaveLength(30);
  expect(memory.takeChanges()).toEqual([['a', undefined]]);
});

test('a value that the file garbled is forgotten there too, and keeps nobody from a start', () => {
  const memory = new KeptMemory(limits, [
    ['a', '{"x":'],
    ['b', '2'],
  ]);
  expect(memory.get('a')).toBeUndefined();
  expect(memory.get('b')).toBe(2);
  expect(memory.takeChanges()).toEqual([['a', undefined]]);
});

test('the bytes of all entries are bounded, too: the least recently set goes first', () => {
  const bytesMax = 10_000;
  const memory = new KeptMemory({ entriesMax: 1_000, valueBytesMax: 5_000, bytesMax }, []);
  const text = 'x'.repeat(1_000);
  for (const key of ['a', 'b', 'c', 'd']) memory.set(key, text);
  expect(memory.bytes).toBe(4 * (256 + 2 * (1 + 1_002)));
  memory.set('a', text);
  memory.set('e', text);
  expect(memory.get('b')).toBeUndefined();
  expect(memory.get('a')).toBe(text);
  expect(memory.bytes).toBe(4 * (256 + 2 * (1 + 1_002)));
  expect(new Map(memory.takeChanges()).get('b')).toBeUndefined();
  memory.delete('a');
  memory.set('c', 1);
  expect(memory.bytes).toBe(2 * (256 + 2 * (1 + 1_002)) + (256 + 2 * (1 + 1)));
});

test('what a spool kept under a wider limit is cut to this one, and a flood of keys stays within it', () => {
  const kept = Array.from({ length: 100 }, (_, index) => [`k${index}`, '"value"'] as const);
  const memory = new KeptMemory({ entriesMax: 1_000, valueBytesMax: 100, bytesMax: 3_000 }, kept);
  expect(memory.bytes).toBeLessThanOrEqual(3_000);
  expect(memory.get('k99')).toBe('value');
  expect(memory.get('k0')).toBeUndefined();
  for (let number = 0; number < 10_000; number++) memory.set(`flood/${number}`, { number });
  expect(memory.bytes).toBeLessThanOrEqual(3_000);
  expect(memory.get('flood/9999')).toEqual({ number: 9_999 });
});
