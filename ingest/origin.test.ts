import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { OriginNames } from './origin.ts';

test('a sender has one name, another one by another key, and none of it shows', () => {
  const key = randomBytes(32);
  const names = new OriginNames(key);
  const name = names.of('Anna’s phone');
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  expect([names.of('Anna’s phone'), new OriginNames(key).of('Anna’s phone')]).toEqual([name, name]);
  expect(names.of('Anna’s phone ')).not.toBe(name);
  expect(new OriginNames(randomBytes(32)).of('Anna’s phone')).not.toBe(name);
});

test('it remembers so many and goes on alike', () => {
  const names = new OriginNames(randomBytes(32));
  const first = names.of('0');
  for (let index = 1; index <= 20_000; index++) names.of(String(index));
  expect(names.of('0')).toBe(first);
});
