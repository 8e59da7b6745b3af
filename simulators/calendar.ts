import { Temporal } from 'temporal-polyfill';
import type { Site } from '../model/site.ts';

/** A stretch of time, [from, to), epoch milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A local day of the site: 23, 24 or 25 hours long. */
export interface Day {
  /** Days from 1970-01-01 to its local date. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number;
  readonly year: number;
  /** Share of the year that has passed, in [0, 1). */
  readonly yearShare: number;
  /** When the office is open; empty on closed days. */
  readonly open: readonly Interval[];
  /** People that a calendar event brings besides the usual ones. */
  readonly expectedPeople: number;
}

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const firstDate = Temporal.PlainDate.from('1970-01-01');

/** The site's days in its own time zone, with its opening hours, closed days and events. */
export class Calendar {
  private readonly site: Site;
  private readonly closed: ReadonlySet<string>;
  private readonly days = new Map<number, Day>();
  private readonly starts = new Map<number, number>();

  constructor(site: Site) {
    this.site = site;
    this.closed = new Set(site.calendar.closed.map((entry) => entry.date));
  }

  /** The day that holds an instant. */
  at(time: number): Day {
    let day = this.day(Math.floor(time / dayMs));
    while (time < day.start) day = this.day(day.index - 1);
    while (time >= day.end) day = this.day(day.index + 1);
    return day;
  }

  day(index: number): Day {
    const known = this.days.get(index);
    if (known !== undefined) return known;
    const date = dateOf(index);
    const day: Day = {
      index,
      start: this.startOf(index),
      end: this.startOf(index + 1),
      weekday: date.dayOfWeek,
      year: date.year,
      yearShare: (date.dayOfYear - 1) / date.daysInYear,
      open: this.openOn(date),
      expectedPeople: this.site.calendar.events
        .filter((event) => event.date === date.toString())
        .reduce((people, event) => people + event.expected_people, 0),
    };
    this.days.set(index, day);
    return day;
  }

  /** The first day of a day's year. */
  newYear(index: number): number {
    return firstDate.until({ year: this.day(index).year, month: 1, day: 1 }).days;
  }

  private startOf(index: number): number {
    let start = this.starts.get(index);
    if (start === undefined) {
      start = dateOf(index).toZonedDateTime(this.site.timezone).epochMilliseconds;
      this.starts.set(index, start);
    }
    return start;
  }

  private openOn(date: Temporal.PlainDate): Interval[] {
    if (this.closed.has(date.toString())) return [];
    const weekday = weekdays[date.dayOfWeek - 1] ?? 'sun';
    const instant = (time: string): number =>
      time === '24:00'
        ? date.add({ days: 1 }).toZonedDateTime(this.site.timezone).epochMilliseconds
        : date.toZonedDateTime({ timeZone: this.site.timezone, plainTime: time }).epochMilliseconds;
    return (this.site.opening_hours[weekday] ?? [])
      .map(([from, to]) => ({ from: instant(from), to: instant(to <= from ? '24:00' : to) }))
      .filter((hours) => hours.from < hours.to);
  }
}

const dateOf = (index: number): Temporal.PlainDate => firstDate.add({ days: index });

/** Local hour of the day as a fraction: 13.5 is half past one. A day of 23 or 25 hours shifts it by up to one. */
export const hourOf = (day: Day, time: number): number => (time - day.start) / hourMs;
