import { type Day, type Interval, minuteMs } from './calendar.ts';

/** Minutes of a day, 1380 to 1500 of them. */
export const minutesOf = (day: Day): number => Math.ceil((day.end - day.start) / minuteMs);

/** A quantity that steps at whole minutes of one day: people present, watts plugged in, connections so far. */
export class Level {
  private readonly start: number;
  private readonly values: Float64Array;

  private constructor(start: number, values: Float64Array) {
    this.start = start;
    this.values = values;
  }

  /** Adds up weighted intervals; one whose `to` is the day's end or later is a count that stays. */
  static of(day: Day, parts: Iterable<Interval & { readonly weight?: number }>): Level {
    const values = new Float64Array(minutesOf(day) + 1);
    const last = values.length - 1;
    const slot = (time: number): number => Math.max(0, Math.ceil((time - day.start) / minuteMs));
    for (const { from, to, weight = 1 } of parts) {
      const first = slot(from);
      const end = slot(to);
      if (first <= last) values[first] = (values[first] ?? 0) + weight;
      if (end < last) values[end] = (values[end] ?? 0) - weight;
    }
    for (let minute = 1, sum = values[0] ?? 0; minute <= last; minute++) {
      sum += values[minute] ?? 0;
      values[minute] = sum;
    }
    return new Level(day.start, values);
  }

  /** Counts events: the level at an instant is how many there have been this day. */
  static counting(day: Day, times: readonly number[]): Level {
    return Level.of(
      day,
      times.map((from) => ({ from, to: day.end })),
    );
  }

  at(time: number): number {
    return this.values[Math.floor((time - this.start) / minuteMs)] ?? 0;
  }

  /** The level at the day's end: of a count, the day's total. */
  get total(): number {
    return this.values[this.values.length - 1] ?? 0;
  }
}
