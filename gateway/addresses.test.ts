import { expect, test } from 'vitest';
import { Addresses } from './addresses.ts';

test('so many connections from one address, whatever the rest of it, and as many from the next', () => {
  const addresses = new Addresses(2);
  expect(['2001:db8::1', '2001:db8::2', '2001:db8::3'].map((each) => addresses.enter(each))).toEqual([
    true,
    true,
    false,
  ]);
  expect(addresses.enter('2001:db8:0:1::1')).toBe(true);
  addresses.leave('2001:db8::2');
  expect(addresses.enter('2001:db8::9')).toBe(true);
  expect(addresses.enter('2001:db8::9')).toBe(false);
});

test('this machine is not counted by its address', () => {
  const addresses = new Addresses(1);
  for (const each of ['127.0.0.1', '127.0.0.1', '::ffff:127.0.0.1']) expect(addresses.enter(each)).toBe(true);
});
