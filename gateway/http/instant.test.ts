import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from './instant.ts';

const eight = Date.UTC(2026, 5, 23, 8);

describe('parseInstant', () => {
  it.each([
    ['2026-06-23T08:00:00Z', eight],
    ['2026-06-23t08:00:00z', eight],
    ['2026-06-23T10:00:00+02:00', eight],
    ['2026-06-23T10:00:00 02:00', eight],
    ['2026-06-23T08:00:00.250Z', eight + 250],
    ['2026-06-23T08:00:00.123456789Z', eight + 123],
    [String(eight), eight],
    ['0', 0],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
  ])('%s is %i', (text, ms) => {
    expect(parseInstant(text)).toBe(ms);
  });

  it.each([
    '',
    'now',
    '2026-06-23',
    '2026-06-23T08:00:00',
    '2026-02-30T08:00:00Z',
    '2026-06-23T25:00:00Z',
    '-1',
    '1.5',
    '1e12',
    '253402300800000',
    '1969-12-31T23:59:59Z',
  ])('%o is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads back what formatInstant writes', () => {
    expect(formatInstant(eight + 7)).toBe('2026-06-23T08:00:00.007Z');
    expect(parseInstant(formatInstant(eight + 7))).toBe(eight + 7);
  });
});
