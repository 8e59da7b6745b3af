import { expect, test } from 'vitest';
import { limits } from '../../../model/limits.ts';
import { decodeNative } from './native.ts';

const topicOf = (kind: string): string => `aperto/1/via-rossini/${kind}/X1`;
const decode = (kind: string, payload: string | Uint8Array) =>
  decodeNative(topicOf(kind), typeof payload === 'string' ? Buffer.from(payload) : payload);
const reasonOf = (kind: string, payload: string | Uint8Array): string => {
  const decoded = decode(kind, payload);
  return decoded.kind === 'rejected' ? decoded.reason : decoded.kind;
};

test.each([
  ['no bytes', Buffer.alloc(0), 'empty_payload'],
  ['one byte more than the limit', Buffer.alloc(limits.payloadBytesMax + 1, ' '), 'too_large'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'invalid_utf8'],
  ['a surrogate as three bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid_utf8'],
  ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'invalid_utf8'],
  ['a cut character', Buffer.from('"è"').subarray(0, 2), 'invalid_utf8'],
  ['a byte order mark', Buffer.from('\ufeff{"occupied":true}'), 'not_json'],
])('%s', (_, bytes, reason) => {
  expect(reasonOf('seat', bytes)).toBe(reason);
});

test.each([
  '{',
  '{"occupied":true',
  '{"occupied":true}}',
  '{"occupied":true}\u0000',
  "{'occupied':true}",
  '{occupied:true}',
  '{"occupied":True}',
  '{"people":NaN}',
  '{"people":Infinity}',
  '{"people":0x10}',
  '{"people":01}',
  '{"people":1,}',
  ' ',
  'on',
])('%j is no JSON', (text) => {
  expect(reasonOf('seat', text)).toBe('not_json');
});

test('the place of a fault in the text is told, its content is not', () => {
  expect(decode('seat', '{"occupied":true,}')).toMatchObject({
    detail: 'the payload is not JSON from character 17 on',
  });
  expect(decode('seat', '{"occupied":true,"name":Anna}')).toMatchObject({
    detail: 'the payload is not JSON',
  });
});

test('a payload of exactly the limit is read', () => {
  const text = '{"occupied":true}';
  expect(reasonOf('seat', text.padEnd(limits.payloadBytesMax))).toBe('readings');
});

test('a view of a larger buffer is read by its own bytes', () => {
  const bytes = Buffer.from('xx{"occupied":true}yy');
  expect(reasonOf('seat', bytes.subarray(2, -2))).toBe('readings');
  expect(reasonOf('seat', new Uint8Array(bytes.subarray(2, -2)))).toBe('readings');
});

test.each(['1e400', '-1e400', '1e309'])('%s is beyond any number and no reading', (number) => {
  expect(reasonOf('weather', `{"temperature_c":${number}}`)).toMatch(/^(?:wrong_type|out_of_limits)$/);
});

test('minus zero is zero', () => {
  const decoded = decode('meter', '{"active_power_w":-0,"phases":{"a":{"active_power_w":-0.0}}}');
  const values =
    decoded.kind === 'readings' ? decoded.readings.map(({ fields }) => fields.active_power_w) : [];
  expect(values).toEqual([0, 0]);
});

test('of a key that is there twice the last counts, as JSON.parse has it', () => {
  const decoded = decode('seat', '{"occupied":true,"occupied":false}');
  expect(decoded).toMatchObject({ readings: [{ fields: { occupied: 0 } }] });
  expect(reasonOf('seat', '{"occupied":false,"occupied":"x"}')).toBe('wrong_type');
});

test.each([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  ' occupied',
  'Occupied',
])('the key %j is no key of a payload', (key) => {
  for (const value of ['true', '{"occupied":true}', 'null']) {
    expect(reasonOf('seat', `{"occupied":true,"${key}":${value}}`)).toBe('unknown_field');
    expect(reasonOf('meter', `{"phases":{"a":{"current_a":1},"${key}":${value}}}`)).toBe('unknown_field');
  }
});

test('no payload reaches the prototype of what others use', () => {
  decode('seat', '{"__proto__":{"occupied":true,"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
  expect('polluted' in {}).toBe(false);
  expect(reasonOf('seat', '{"__proto__":{"occupied":true}}')).toBe('unknown_field');
});

test('a key that could be an address of a client is not shown', () => {
  for (const key of [
    'aa:bb:cc:dd:ee:ff',
    'aabbccddeeff',
    'aa_bb_cc_dd_ee_ff',
    'anna.rossi@example.it',
    'x'.repeat(50),
  ]) {
    const decoded = decode('access-point', `{"clients":1,"${key}":{"signal":-60}}`);
    expect(decoded).toMatchObject({ reason: 'unknown_field' });
    expect(JSON.stringify(decoded)).not.toContain(key);
  }
});

test.each([
  ['arrays', (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`],
  ['objects', (depth: number) => `${'{"phases":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ['arrays without an end', (depth: number) => '['.repeat(depth)],
])('%s as deep as a payload can be', (_, build) => {
  for (const depth of [10, 1_000, 5_000, 30_000]) {
    expect(['wrong_type', 'unknown_field', 'not_json', 'too_large']).toContain(
      reasonOf('meter', build(depth)),
    );
  }
});
