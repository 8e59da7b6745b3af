import type { Site } from '../model/site.ts';
import { type Calendar, type Day, type Interval, minuteMs } from './calendar.ts';
import { DayCache } from './day-cache.ts';
import { demandOf, type Slot } from './demand.ts';
import { Gates } from './gates.ts';
import { Level } from './level.ts';
import { middleOf, type Place } from './plan.ts';
import type { Random, Seed } from './random.ts';
import { drawSessions, sensedIn } from './sessions.ts';
import type { SeatState } from './state.ts';
import type { Sitting, Visit } from './visit.ts';
import type { Weather } from './weather.ts';

/** Who was on the street on one day. Nobody stays over midnight, so each day stands alone. */
export interface OccupancyOfDay {
  readonly visits: readonly Visit[];
  readonly sittings: ReadonlyMap<string, readonly Sitting[]>;
  /** When each seat's sensor says taken, in order. */
  readonly taken: ReadonlyMap<string, readonly Interval[]>;
  readonly people: Level;
}

/** People per hour and place of capacity who only walk through, if everybody wished to be there. */
const walkersPerPlaceHour = 0.5;
/** Where people stand on a site without zones. */
const street: Place = [0, 0];

/** Arrivals and stays: the seats' sessions, those who walk through, and the crowd of an event. */
export class Occupancy {
  private readonly site: Site;
  private readonly calendar: Calendar;
  private readonly weather: Weather;
  private readonly seed: Seed;
  private readonly capacity: number;
  private readonly middles: readonly Place[];
  private readonly gates: Gates;
  private readonly days: DayCache<OccupancyOfDay>;

  constructor(site: Site, calendar: Calendar, weather: Weather, seed: Seed) {
    this.site = site;
    this.calendar = calendar;
    this.weather = weather;
    this.seed = seed.derive('occupancy');
    this.capacity = site.zones.reduce((sum, zone) => sum + zone.capacity, 0);
    this.middles = site.zones.map((zone) => middleOf(zone.area));
    this.gates = new Gates(site.counters);
    this.days = new DayCache((index) => this.build(calendar.day(index)));
  }

  day(index: number): OccupancyOfDay {
    return this.days.get(index);
  }

  /** People on the street at an instant. */
  peopleAt(time: number): number {
    return this.days.get(this.calendar.at(time).index).people.at(time);
  }

  seat(id: string, time: number): SeatState {
    const taken = this.days.get(this.calendar.at(time).index).taken.get(id) ?? [];
    return { kind: 'seat', occupied: taken.some(({ from, to }) => time >= from && time < to) };
  }

  private build(day: Day): OccupancyOfDay {
    const slots = demandOf(day, this.weather, this.seed);
    const taken = new Map<string, Interval[]>();
    const sittings = new Map<string, Sitting[]>();
    const visits: Visit[] = [];
    for (const seat of slots.length > 0 ? this.site.seats : []) {
      const random = this.seed.random('seat', seat.id, day.index);
      const liking = this.seed.random('liking', seat.id).between(0.7, 1.25);
      const sessions = drawSessions(day, slots, this.weather.sky(day), liking, random);
      const sensed = sessions.flatMap((session) => sensedIn(session, random));
      const own = sessions.map(({ from, to }) => {
        const plugW = random.chance(0.75) ? random.between(18, 62) : 0;
        return { from, to, seat: seat.id, plugW };
      });
      taken.set(seat.id, sensed);
      sittings.set(seat.id, own);
      for (const [ordinal, sitting] of own.entries()) {
        visits.push(this.visit(day, sitting, seat.at, seat.id, ordinal, random, sitting));
      }
    }
    this.addWalkers(day, slots, visits);
    this.addCrowd(day, visits);
    return { visits, sittings, taken, people: Level.of(day, visits) };
  }

  /** People who pass, or stand for some minutes. */
  private addWalkers(day: Day, slots: readonly Slot[], visits: Visit[]): void {
    const random = this.seed.random('walkers', day.index);
    let ordinal = 0;
    for (const slot of slots) {
      const hours = (slot.to - slot.from) / (60 * minuteMs);
      const count = random.poisson(this.capacity * walkersPerPlaceHour * hours * (0.1 + slot.wish));
      for (let walker = 0; walker < count; walker++) {
        const from = random.between(slot.from, slot.to);
        const to = from + (random.chance(0.3) ? random.exponential(6 * minuteMs) : 0);
        visits.push(this.visit(day, { from, to }, this.somewhere(random), 'walker', ordinal++, random));
      }
    }
  }

  /** Those who come to an event and stand: they arrive in its first half and stay an hour or two. */
  private addCrowd(day: Day, visits: Visit[]): void {
    const hours = day.open[0];
    if (day.expectedPeople === 0 || hours === undefined) return;
    const random = this.seed.random('crowd', day.index);
    for (let left = random.poisson(day.expectedPeople); left > 0; left--) {
      const from = hours.from + (hours.to - hours.from) * random.between(0.2, 0.6);
      const to = from + random.between(40, 130) * minuteMs;
      visits.push(this.visit(day, { from, to }, this.somewhere(random), 'crowd', left, random));
    }
  }

  private somewhere(random: Random): Place {
    return this.middles[random.index(this.middles.length)] ?? street;
  }

  /** The whole stay around the time at a place: from the gate and back to one, within opening hours. */
  private visit(
    day: Day,
    there: Interval,
    at: Place,
    origin: string,
    ordinal: number,
    random: Random,
    sitting?: Sitting,
  ): Visit {
    const entry = this.gates.pick(at, random);
    const exit = this.gates.pick(at, random);
    const hours = day.open.find((open) => there.from < open.to) ?? there;
    const from = Math.max(hours.from, there.from - entry.walkMs);
    const to = Math.max(from, Math.min(hours.to, there.to + exit.walkMs));
    return { from, to, at, origin, ordinal, entry: entry.counter, exit: exit.counter, sitting };
  }
}
