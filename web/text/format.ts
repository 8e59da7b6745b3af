import { locale, t } from './text.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A number as people write it here. */
export const number = (value: number, digits = 0, digitsMin = digits): string => {
  const key = `${digits} ${digitsMin}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      maximumFractionDigits: digits,
      minimumFractionDigits: Math.min(digits, digitsMin),
    });
    formats.set(key, format);
  }
  // No minus before what rounds to nothing.
  return format.format(Math.abs(value) < 0.5 / 10 ** digits ? 0 : value);
};

/** A share as per cent. */
export const percent = (share: number, digits = 0): string => `${number(share * 100, digits)} %`;

const decimalsOf: Readonly<Record<string, number>> = {
  kWh: 2,
  'kWh/h': 2,
  kW: 2,
  EUR: 2,
  ms: 1,
  min: 0,
  s: 0,
  '1/d': 1,
  '%': 1,
  persons: 1,
};

/** A value of the API with its unit, in words for people. */
export const quantity = (value: number, unit: string): string => {
  if (unit === '1') return number(value, 2, 0);
  const text = number(value, decimalsOf[unit] ?? 1);
  return `${text} ${unit === 'EUR' ? '€' : (t.units[unit] ?? unit)}`;
};

export interface SiteTime {
  /** `10:42` */
  time(at: number): string;
  /** `10:42:07` */
  seconds(at: number): string;
  /** `23 novembre 2026` */
  date(at: number): string;
  /** `lun 23 nov` */
  day(at: number): string;
  /** `23/11, 10:42` */
  short(at: number): string;
  /** Epoch milliseconds of the midnight that began the day which was `daysAgo` days ago. */
  midnight(at: number, daysAgo?: number): number;
  /** Weekday 1 to 7 from Monday, hour, and the date as `2026-11-23`. */
  parts(at: number): {
    readonly weekday: number;
    readonly hour: number;
    readonly time: string;
    readonly date: string;
  };
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const dayMs = 24 * 3600 * 1000;

/** Clocks of a site: what people read there, wherever the browser is. */
export const siteTime = (timeZone: string): SiteTime => {
  const make = (options: Intl.DateTimeFormatOptions, name = locale) => {
    const format = new Intl.DateTimeFormat(name, { timeZone, ...options });
    return (at: number): string => format.format(at);
  };
  const fields = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const read = (at: number): Record<string, string> =>
    Object.fromEntries(fields.formatToParts(at).map(({ type, value }) => [type, value]));
  const sinceMidnightMs = (at: number): number => {
    const { hour, minute, second } = read(at);
    return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + (at % 1000);
  };
  return {
    time: make({ hour: '2-digit', minute: '2-digit' }),
    seconds: make({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    date: make({ day: 'numeric', month: 'long', year: 'numeric' }),
    day: make({ weekday: 'short', day: 'numeric', month: 'short' }),
    short: make({ day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' }),
    midnight: (at, daysAgo = 0) => {
      // Noon of that day is never more than half a day off, clocks changed or not.
      const noon = at - sinceMidnightMs(at) + dayMs / 2 - daysAgo * dayMs;
      return noon - sinceMidnightMs(noon);
    },
    parts: (at) => {
      const { weekday = '', hour, minute, year, month, day } = read(at);
      return {
        weekday: weekdays.indexOf(weekday) + 1,
        hour: Number(hour),
        time: `${hour}:${minute}`,
        date: `${year}-${month}-${day}`,
      };
    },
  };
};

/** How long ago, in words: "3 s fa", "2 min ago". */
export const ago = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t.ago.seconds(seconds);
  if (seconds < 3600) return t.ago.minutes(Math.floor(seconds / 60));
  if (seconds < 48 * 3600) return t.ago.hours(Math.floor(seconds / 3600));
  return t.ago.days(Math.floor(seconds / 86_400));
};
