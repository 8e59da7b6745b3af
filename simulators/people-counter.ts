import type { Site } from '../model/site.ts';
import type { Calendar, Day } from './calendar.ts';
import { DayCache } from './day-cache.ts';
import { Level } from './level.ts';
import type { Occupancy } from './occupancy.ts';
import { ranking } from './plan.ts';
import type { Random, Seed } from './random.ts';
import type { CounterState } from './state.ts';
import type { Visit } from './visit.ts';

/** A crossing is missed once in eighty times and counted twice once in three hundred. */
const missChance = 1 / 80;
const twiceChance = 1 / 300;

/** One counter on one day. */
export class CounterOfDay {
  readonly seen: Visit[] = [];
  readonly in: number[] = [];
  readonly out: number[] = [];
  private readonly day: Day;
  private levels: { readonly people: Level; readonly in: Level; readonly out: Level } | undefined;

  constructor(day: Day) {
    this.day = day;
  }

  at(time: number): { readonly people: number; readonly in: number; readonly out: number } {
    this.levels ??= {
      people: Level.of(this.day, this.seen),
      in: Level.counting(this.day, this.in),
      out: Level.counting(this.day, this.out),
    };
    return {
      people: this.levels.people.at(time),
      in: this.levels.in.at(time),
      out: this.levels.out.at(time),
    };
  }
}

/**
 * People counters at the ways in. Each sees the people whose place is nearer to it than to any other, so the
 * counters together see everybody; their in and out totals follow the crossings, with a small miscount.
 */
export class PeopleCounters {
  private readonly calendar: Calendar;
  private readonly days: DayCache<ReadonlyMap<string, CounterOfDay>>;

  constructor(site: Site, calendar: Calendar, occupancy: Occupancy, seed: Seed) {
    this.calendar = calendar;
    const near = ranking(site.counters);
    this.days = new DayCache((index) => {
      const day = calendar.day(index);
      const counters = new Map(
        site.counters.map(({ id }) => [
          id,
          { counter: new CounterOfDay(day), random: seed.random('counter', id, index) },
        ]),
      );
      for (const visit of occupancy.day(index).visits) {
        counters.get(near(visit.at)[0]?.id ?? '')?.counter.seen.push(visit);
        const entry = counters.get(visit.entry ?? '');
        if (entry !== undefined) count(entry.counter.in, visit.from, entry.random);
        const exit = counters.get(visit.exit ?? '');
        if (exit !== undefined) count(exit.counter.out, visit.to, exit.random);
      }
      return new Map(Array.from(counters, ([id, { counter }]) => [id, counter]));
    }, 4);
  }

  day(index: number): ReadonlyMap<string, CounterOfDay> {
    return this.days.get(index);
  }

  /** `before` is what the counter had counted when the day began. */
  at(id: string, time: number, before: { readonly in: number; readonly out: number }): CounterState {
    const counts = this.days.get(this.calendar.at(time).index).get(id)?.at(time);
    return {
      kind: 'counter',
      people: counts?.people ?? 0,
      inTotal: before.in + (counts?.in ?? 0),
      outTotal: before.out + (counts?.out ?? 0),
    };
  }
}

const count = (times: number[], time: number, random: Random): void => {
  const luck = random.float();
  if (luck < missChance) return;
  times.push(time);
  if (luck > 1 - twiceChance) times.push(time);
};
