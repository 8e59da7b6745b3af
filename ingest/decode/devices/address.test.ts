import { expect, it } from 'vitest';
import { hasAddress, withoutAddresses } from './address.ts';

it.each([
  ['3c:22:fb:00:11:22', ''],
  ['hall/3C-22-FB-00-11-22/power', 'hall//power'],
  ['3c22.fb00.1122', ''],
  ['phone_of/3C22FB001122', 'phone_of/'],
  ['cam-192.0.2.77', 'cam-'],
  ['2001:db8::77/temperature', '/temperature'],
  ['fe80::1', ''],
  ['2001:db8:0:0:0:0:0:77', ''],
])('%s has an address', (text, left) => {
  expect(hasAddress(text)).toBe(true);
  expect(withoutAddresses(text)).toBe(left);
});

it.each([
  'urn:dev:ow:10e2073a01080063',
  'urn:dev:mac:0024befffe804ff1',
  '0x00158d00aabbccdd',
  'mast/l1/voltage',
  'sw-1.2.3',
  'panca-4',
  'abc:temperature',
])('%s has none', (text) => {
  expect(hasAddress(text)).toBe(false);
  expect(withoutAddresses(text)).toBe(text);
});
