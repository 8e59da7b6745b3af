/** Keeps what was worked out for the days used last; `build` must be a pure function of the day. */
export class DayCache<T> {
  private readonly build: (dayIndex: number) => T;
  private readonly daysMax: number;
  private readonly days = new Map<number, T>();
  private lastIndex: number | undefined;
  private last: T | undefined;

  constructor(build: (dayIndex: number) => T, daysMax = 10) {
    this.build = build;
    this.daysMax = daysMax;
  }

  get(dayIndex: number): T {
    if (dayIndex === this.lastIndex && this.last !== undefined) return this.last;
    let value = this.days.get(dayIndex);
    if (value === undefined) {
      value = this.build(dayIndex);
      this.days.set(dayIndex, value);
      for (const oldest of this.days.keys()) {
        if (this.days.size <= this.daysMax) break;
        this.days.delete(oldest);
      }
    }
    this.lastIndex = dayIndex;
    this.last = value;
    return value;
  }
}
