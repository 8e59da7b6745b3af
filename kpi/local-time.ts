import { Temporal } from 'temporal-polyfill';
import type { Window } from './figure.ts';
import { hourMs, quarterMs } from './grid.ts';

/** A local day of a site: 23, 24 or 25 hours long. */
export interface LocalDay extends Window {
  /** `2026-03-29` */
  readonly date: string;
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number;
  readonly daysInMonth: number;
  readonly daysInYear: number;
}

/** Local date and hour of an instant. */
export interface LocalHour {
  readonly day: LocalDay;
  /** Hour on the clock, 0 to 23; one of them comes twice or not at all when clocks change. */
  readonly hour: number;
}

/** Days and hours on the clocks of a time zone. What it keeps is only a cache. */
export class LocalTime {
  readonly timeZone: string;
  private readonly hours = new Map<number, LocalHour>();
  private readonly days = new Map<string, LocalDay>();

  /** @param timeZone IANA name */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** The local day and hour that hold an instant. Offsets of whole quarter hours are told apart. */
  at(time: number): LocalHour {
    const quarter = Math.floor(time / quarterMs);
    const known = this.hours.get(quarter);
    if (known !== undefined) return known;
    if (this.hours.size > 100_000) this.hours.clear();
    const local = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(
      this.timeZone,
    );
    const made = { day: this.day(local.toPlainDate()), hour: local.hour };
    this.hours.set(quarter, made);
    return made;
  }

  /** The local days that touch [from, to), in order. */
  daysOf({ from, to }: Window): readonly LocalDay[] {
    const days: LocalDay[] = [];
    for (let time = from; time < to; ) {
      const { day } = this.at(time);
      days.push(day);
      time = day.to;
    }
    return days;
  }

  /** The window of a local month. @param month `2026-03` */
  month(month: string): Window {
    const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
    return {
      from: first.toZonedDateTime(this.timeZone).epochMilliseconds,
      to: first.add({ months: 1 }).toZonedDateTime(this.timeZone).epochMilliseconds,
    };
  }

  /** When a local clock shows a full hour on a day; where clocks jump over it, the first instant after. */
  hourOn({ date }: LocalDay, hour: number): number {
    return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: this.timeZone, plainTime: { hour } })
      .epochMilliseconds;
  }

  private day(date: Temporal.PlainDate): LocalDay {
    const key = date.toString();
    const known = this.days.get(key);
    if (known !== undefined) return known;
    const day = {
      date: key,
      from: date.toZonedDateTime(this.timeZone).epochMilliseconds,
      to: date.add({ days: 1 }).toZonedDateTime(this.timeZone).epochMilliseconds,
      weekday: date.dayOfWeek,
      daysInMonth: date.daysInMonth,
      daysInYear: date.daysInYear,
    };
    this.days.set(key, day);
    return day;
  }
}

/** How long a window is, in hours. */
export const hoursOf = ({ from, to }: Window): number => (to - from) / hourMs;
