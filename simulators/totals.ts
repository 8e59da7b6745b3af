import { setImmediate } from 'node:timers/promises';
import type { Calendar } from './calendar.ts';

const daysPerTurn = 10;

/**
 * What counters had counted when a day began, by slot. All of them start from zero at New Year, local time, as if
 * their keeper reset them: so every day's value is defined whatever span is asked for, and the first look adds up
 * one year at most.
 */
export class Totals {
  private readonly calendar: Calendar;
  private readonly slots: number;
  private readonly addDay: (dayIndex: number, sums: Float64Array) => void;
  private readonly known = new Map<number, Float64Array>();
  private newest = Number.NEGATIVE_INFINITY;

  /** @param addDay adds what a day counts to the sums, slot by slot */
  constructor(calendar: Calendar, slots: number, addDay: (dayIndex: number, sums: Float64Array) => void) {
    this.calendar = calendar;
    this.slots = slots;
    this.addDay = addDay;
  }

  /** Adds up the days before one in turns of a few milliseconds, so that the process stays awake meanwhile. */
  async prepare(dayIndex: number): Promise<void> {
    for (let index = this.calendar.newYear(dayIndex); index < dayIndex; index += daysPerTurn) {
      this.before(index);
      await setImmediate();
    }
  }

  before(dayIndex: number): Float64Array {
    const known = this.known.get(dayIndex);
    if (known !== undefined) return known;
    const epoch = this.calendar.newYear(dayIndex);
    const later = this.newest >= epoch && this.newest < dayIndex ? this.known.get(this.newest) : undefined;
    const sums = Float64Array.from(later ?? new Float64Array(this.slots));
    const first = later === undefined ? epoch : this.newest;
    for (let index = first; index < dayIndex; index++) this.addDay(index, sums);
    this.known.set(dayIndex, sums);
    this.newest = dayIndex;
    return sums;
  }
}
