import { z } from 'zod';

const dateTime = z.iso.datetime({ offset: true });
/** 9999-12-31T23:59:59.999Z, the last year that RFC 3339 can write. */
export const lastInstantMs = 253_402_300_799_999;

/** Epoch milliseconds of an RFC 3339 date-time or of a number of milliseconds; `undefined` for anything else. */
export const parseInstant = (text: string): number | undefined => {
  if (/^\d{1,15}$/.test(text)) return inRange(Number(text));
  // A "+" that was not percent-encoded arrives as a space; nothing else in RFC 3339 looks like it.
  const written = text.toUpperCase().replace(/ (?=\d\d:\d\d$)/, '+');
  return dateTime.safeParse(written).success ? inRange(Date.parse(written)) : undefined;
};

const inRange = (ms: number): number | undefined => (ms >= 0 && ms <= lastInstantMs ? ms : undefined);

/** RFC 3339 in UTC with milliseconds. */
export const formatInstant = (ms: number): string => new Date(ms).toISOString();
