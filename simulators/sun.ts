import { getPosition } from 'suncalc';
import type { Day } from './calendar.ts';

const stepMs = 10 * 60_000;

/** Height of the sun over a day: worked out each ten minutes, straight lines between. */
export class Sun {
  private readonly start: number;
  private readonly degrees: Float64Array;

  constructor(day: Day, latitude: number, longitude: number) {
    this.start = day.start;
    this.degrees = Float64Array.from(
      { length: Math.ceil((day.end - day.start) / stepMs) + 1 },
      (_, step) => getPosition(new Date(day.start + step * stepMs), latitude, longitude).altitude,
    );
  }

  /** Degrees above the horizon; negative when it is down. */
  elevation(time: number): number {
    const place = (time - this.start) / stepMs;
    const step = Math.floor(place);
    const low = this.degrees[step] ?? 0;
    const high = this.degrees[step + 1] ?? low;
    return low + (high - low) * (place - step);
  }

  /** Sine of the elevation, 0 when the sun is down: the share of a beam that falls on the ground. */
  height(time: number): number {
    return Math.max(0, Math.sin((this.elevation(time) * Math.PI) / 180));
  }
}
