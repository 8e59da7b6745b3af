import { describe, expect, it } from 'vitest';
import { fromEpochMs, fromEpochSeconds, fromIso } from './time.ts';

const iso = (text: string, timezone = 'Europe/Rome'): string | undefined => {
  const ms = fromIso(text, timezone);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe('a time with an offset', () => {
  it.each([
    ['2026-06-23T08:00:00Z', '2026-06-23T08:00:00.000Z'],
    ['2026-06-23T08:00:00.5+02:00', '2026-06-23T06:00:00.500Z'],
    ['2026-06-23 08:00:00.123456789+0200', '2026-06-23T06:00:00.123Z'],
    ['2026-06-23T08:00-03', '2026-06-23T11:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });
});

describe('a local time', () => {
  it.each([
    ['2026-06-23T08:00:00', 'Europe/Rome', '2026-06-23T06:00:00.000Z'],
    ['2026-01-15T08:14:59.9', 'Europe/Rome', '2026-01-15T07:14:59.900Z'],
    // The hour that exists twice: the first, where nobody knows when it came.
    ['2026-10-25T02:30:00', 'Europe/Rome', '2026-10-25T00:30:00.000Z'],
    // The hour that does not exist: read with the offset before the change.
    ['2026-03-29T02:30:00', 'Europe/Rome', '2026-03-29T01:30:00.000Z'],
    // Summer time of half an hour.
    ['2026-10-04T02:10:00', 'Australia/Lord_Howe', '2026-10-03T15:40:00.000Z'],
    ['2026-10-04T02:40:00', 'Australia/Lord_Howe', '2026-10-03T15:40:00.000Z'],
    ['2026-06-23T08:00:00', 'Asia/Kathmandu', '2026-06-23T02:15:00.000Z'],
  ])('%s in %s', (text, timezone, expected) => {
    expect(iso(text, timezone)).toBe(expected);
  });
});

describe('a local time that may be two instants', () => {
  const near = (text: string, received: string, timezone = 'Europe/Rome'): string => {
    const ms = fromIso(text, timezone, Date.parse(received)) ?? Number.NaN;
    return new Date(ms).toISOString();
  };

  it.each([
    // The hour that exists twice.
    ['2026-10-25T02:30:00', '2026-10-25T00:30:02Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T01:30:02Z', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T02:00:00', '2026-10-25T01:00:00Z', '2026-10-25T01:00:00.000Z'],
    ['2026-10-25T02:59:59', '2026-10-25T02:00:03Z', '2026-10-25T01:59:59.000Z'],
    // Half way, the first; and a message that comes late is of the second hour.
    ['2026-10-25T02:30:00', '2026-10-25T01:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00', '2026-10-25T09:00:00Z', '2026-10-25T01:30:00.000Z'],
    // Before and after it there is one instant, however far the receipt is.
    ['2026-10-25T01:59:59', '2026-10-25T01:59:59Z', '2026-10-24T23:59:59.000Z'],
    ['2026-10-25T03:00:00', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00.000Z'],
    // The hour that does not exist: of a clock that has not changed yet, and of one that changed too early.
    ['2026-03-29T02:30:00', '2026-03-29T01:30:01Z', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:30:00', '2026-03-29T00:30:01Z', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T02:30:00', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00.000Z'],
  ])('%s received at %s is %s', (text, received, expected) => {
    expect(near(text, received)).toBe(expected);
  });

  it('knows a summer time of half an hour', () => {
    expect(near('2026-04-05T01:45:00', '2026-04-04T14:45:00Z', 'Australia/Lord_Howe')).toBe(
      '2026-04-04T14:45:00.000Z',
    );
    expect(near('2026-04-05T01:45:00', '2026-04-04T15:15:00Z', 'Australia/Lord_Howe')).toBe(
      '2026-04-04T15:15:00.000Z',
    );
  });

  it('leaves a written offset alone', () => {
    expect(near('2026-10-25T02:30:00+02:00', '2026-10-25T01:30:00Z')).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('what is no time', () => {
  it.each([
    '',
    'now',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-06-23T24:00:00Z',
    '2026-06-23T08:00:61Z',
    '2026-06-23T08:00:00+24:00',
    '2026.06.23 08:00:00',
    `2026-06-23T08:00:00.${'0'.repeat(40)}Z`,
  ])('"%s"', (text) => {
    expect(fromIso(text, 'Europe/Rome')).toBeUndefined();
  });

  it('a number where text is due, and text where a number is due', () => {
    expect(fromIso(1_782_201_600, 'Europe/Rome')).toBeUndefined();
    expect(fromEpochSeconds('1782201600')).toBeUndefined();
    expect(fromEpochMs(Number.NaN)).toBeUndefined();
    expect(fromEpochSeconds(1e308)).toBeUndefined();
    expect(fromEpochMs(-8.7e15)).toBeUndefined();
  });
});

it('epochs count seconds with a fraction, or milliseconds', () => {
  expect(fromEpochSeconds(1_782_201_600.25)).toBe(1_782_201_600_250);
  expect(fromEpochMs(1_782_201_600_250)).toBe(1_782_201_600_250);
});
