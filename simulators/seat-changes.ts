import { DayCache } from './day-cache.ts';
import { type Sample, type SimulatedDevice, sampleOf } from './sample.ts';
import type { Street } from './street.ts';

/** The instants at which seats change, found by the second. */
export class SeatChanges {
  private readonly street: Street;
  private readonly seats = new Map<string, SimulatedDevice>();
  private readonly lags: readonly number[];
  private readonly days: DayCache<
    ReadonlyMap<number, readonly { readonly seat: string; readonly time: number }[]>
  >;

  constructor(street: Street, devices: readonly SimulatedDevice[]) {
    this.street = street;
    const seats = devices.filter(({ kind }) => kind === 'seat');
    for (const seat of seats) this.seats.set(keyOf(seat.twin, seat.lagMs), seat);
    this.lags = [...new Set(seats.map(({ lagMs }) => lagMs))];
    this.days = new DayCache((index) => {
      const bySecond = new Map<number, { seat: string; time: number }[]>();
      for (const [seat, taken] of street.occupancy.day(index).taken) {
        for (const time of taken.flatMap(({ from, to }) => [from, to])) {
          const second = Math.floor(time / 1000);
          bySecond.set(second, [...(bySecond.get(second) ?? []), { seat, time }]);
        }
      }
      return bySecond;
    });
  }

  /** Samples of the seats that change in the second that begins at `start`. */
  *within(start: number): Generator<Sample> {
    for (const lagMs of this.lags) {
      const day = this.street.calendar.at(start - lagMs);
      for (const { seat, time } of this.days.get(day.index).get((start - lagMs) / 1000) ?? []) {
        const device = this.seats.get(keyOf(seat, lagMs));
        const sample = device && sampleOf(this.street, device, time + lagMs);
        if (sample !== undefined) yield sample;
      }
    }
  }
}

const keyOf = (twin: string, lagMs: number): string => `${twin}/${lagMs}`;
