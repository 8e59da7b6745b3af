import { describe, expect, it } from 'vitest';
import { ApertoError } from '../../model/errors.ts';
import { decodeCursor, encodeCursor, fingerprint } from './cursor.ts';

const page = { from: 1_782_201_600_000, to: 1_782_288_000_000 };
const mine = fingerprint(['occupancy', 'occupied']);

describe('cursor', () => {
  it('goes there and back in characters that need no escaping in a URL', () => {
    const cursor = encodeCursor(mine, page);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(mine, cursor)).toEqual(page);
  });

  it('is bound to its query', () => {
    const cursor = encodeCursor(fingerprint(['occupancy', 'people']), page);
    expect(() => decodeCursor(mine, cursor)).toThrow(/belongs to another query/);
  });

  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['no base64url', '%%%'],
    ['no JSON', Buffer.from('nope').toString('base64url')],
    ['another version', encode([2, mine, 0, 1])],
    ['a fraction', encode([1, mine, 0.5, 1])],
    ['a time that no calendar has', encode([1, mine, 0, 9e15])],
    ['an end before its beginning', encode([1, mine, 1, 1])],
    ['too much', encode([1, mine, 0, 1, 2])],
    ['empty', ''],
  ])('refuses %s', (_what, cursor) => {
    expect(() => decodeCursor(mine, cursor)).toThrow(ApertoError);
    expect(() => decodeCursor(mine, cursor)).toThrow(/not one of ours/);
  });
});
