import { Temporal } from 'temporal-polyfill';

/** Further from 1970 than this no date can be written [ECMA-262 §21.4.1.1]. */
const epochMsMax = 8.64e15;

/** Milliseconds since 1970; `undefined` where it is no number, or no time that can be written. */
export const fromEpochMs = (value: unknown): number | undefined =>
  typeof value === 'number' && Math.abs(value) <= epochMsMax ? Math.round(value) : undefined;

/** Seconds since 1970, with a fraction perhaps, to epoch milliseconds; `undefined` as with `fromEpochMs`. */
export const fromEpochSeconds = (value: unknown): number | undefined =>
  typeof value === 'number' ? fromEpochMs(value * 1_000) : undefined;

const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * A date and time as ISO 8601 writes it to epoch milliseconds; fractions finer than a millisecond are cut.
 * Without an offset it is local time of `timezone`. Where summer time ends or begins such a time may be two instants:
 * an hour that comes twice, or one that is skipped and that only a clock shows which changes late or early. Then the
 * one nearer to `receivedAt` is meant; of the hour that comes twice the first where nobody knows, of the one that is
 * skipped the time by the offset before.
 * `undefined` where the text is no such time.
 */
export const fromIso = (value: unknown, timezone: string, receivedAt?: number): number | undefined => {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const match = pattern.exec(value.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset] = match;
  const wallMs = wallTime(Number(year), Number(month), Number(day), Number(hour), Number(minute));
  // 60 is a leap second, which epoch time does not count.
  const seconds = Math.min(Number(second), 59);
  if (wallMs === undefined || Number(second) > 60) return undefined;
  const ms = wallMs + seconds * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (offset === undefined) return nearest(ms, localOffsets(ms, timezone), receivedAt);
  const offsetMs = writtenOffsetMs(offset);
  return offsetMs === undefined ? undefined : ms - offsetMs;
};

/** Epoch milliseconds as if the clock on the wall showed UTC; `undefined` for a day or an hour that does not exist. */
const wallTime = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
): number | undefined => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59)
    return undefined;
  return date.getTime() + (hour * 60 + minute) * 60_000;
};

const writtenOffsetMs = (offset: string): number | undefined => {
  if (offset === 'Z' || offset === 'z') return 0;
  const minutes = Number(offset.slice(-2));
  const hours = Number(offset.slice(1, 3));
  const length = hours * 60 + (offset.length > 3 ? minutes : 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -length : length) * 60_000;
};

/** Time zones change their offset on a quarter of an hour, and asking for it is dear. */
const quarterMs = 15 * 60_000;
const quartersMax = 1_000;
const quarters = new Map<string, Offsets>();

/** Offsets from UTC that a time on the wall may have, in milliseconds: the usual one first, mostly there is no other. */
type Offsets = readonly [usualMs: number, otherMs: number];

const nearest = (wallMs: number, [usualMs, otherMs]: Offsets, receivedAt: number | undefined): number => {
  const usual = wallMs - usualMs;
  const other = wallMs - otherMs;
  if (receivedAt === undefined || Math.abs(usual - receivedAt) <= Math.abs(other - receivedAt)) return usual;
  return other;
};

const localOffsets = (wallMs: number, timezone: string): Offsets => {
  const quarter = Math.floor(wallMs / quarterMs);
  const key = `${quarter} ${timezone}`;
  let offsets = quarters.get(key);
  if (offsets === undefined) {
    offsets = findOffsets(quarter * quarterMs, timezone);
    if (quarters.size >= quartersMax) quarters.clear();
    quarters.set(key, offsets);
  }
  return offsets;
};

const findOffsets = (wallMs: number, timezone: string): Offsets => {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const offsetMs = (disambiguation: 'compatible' | 'earlier' | 'later'): number =>
    wallMs - wall.toZonedDateTime(timezone, { disambiguation }).epochMilliseconds;
  const usualMs = offsetMs('compatible');
  const earlierMs = offsetMs('earlier');
  return [usualMs, earlierMs === usualMs ? offsetMs('later') : earlierMs];
};
