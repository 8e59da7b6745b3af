import type { Device, Site } from '../model/site.ts';
import { AccessPoints } from './access-point.ts';
import { Calendar } from './calendar.ts';
import { lightShare } from './loads.ts';
import { Meters } from './meter.ts';
import { Occupancy } from './occupancy.ts';
import { PeopleCounters } from './people-counter.ts';
import { Probes } from './probe.ts';
import { Seed } from './random.ts';
import type { CounterState, State, StatusState, WeatherState } from './state.ts';
import { Totals } from './totals.ts';
import { Weather } from './weather.ts';

const batteryDaysMs = 700 * 24 * 3600 * 1000;

/**
 * A site as it might be: what each device would measure at any instant. A pure function of site, seed, device and
 * time; what it keeps is only a cache.
 */
export class Street {
  readonly calendar: Calendar;
  readonly occupancy: Occupancy;
  readonly weather: Weather;
  private readonly seed: Seed;
  private readonly counters: PeopleCounters;
  private readonly accessPoints: AccessPoints;
  private readonly probes: Probes;
  private readonly meters: Meters;
  private readonly totals: Totals;
  /** Where each counter stands in the totals. */
  private readonly slots: ReadonlyMap<string, number>;
  private readonly accessPointsById: ReadonlyMap<string, Site['access_points'][number]>;
  private readonly probesById: ReadonlyMap<string, Site['probes'][number]>;

  constructor(site: Site, seedNumber: number) {
    const seed = Seed.of(seedNumber).derive(site.id);
    const calendar = new Calendar(site);
    this.seed = seed;
    this.calendar = calendar;
    this.weather = new Weather(site, calendar, seed);
    this.occupancy = new Occupancy(site, calendar, this.weather, seed);
    this.counters = new PeopleCounters(site, calendar, this.occupancy, seed);
    this.accessPoints = new AccessPoints(site, calendar, this.occupancy, seed);
    this.probes = new Probes(site, this.accessPoints, seed);
    this.meters = new Meters(site, calendar, this.occupancy, this.weather, seed);
    this.slots = new Map(counterNames(site).map((name, slot) => [name, slot]));
    this.totals = new Totals(calendar, this.slots.size, (index, sums) => this.addDay(index, sums));
    this.accessPointsById = new Map(site.access_points.map((entry) => [entry.id, entry]));
    this.probesById = new Map(site.probes.map((entry) => [entry.id, entry]));
  }

  /** Works out ahead what the first look at a counter needs: about a millisecond for each day since New Year. */
  prepare(time: number): Promise<void> {
    return this.totals.prepare(this.calendar.at(time).index);
  }

  /** What a device measures; `undefined` where it says nothing just now. */
  at(device: Pick<Device, 'id' | 'kind'>, time: number): State | undefined {
    switch (device.kind) {
      case 'seat':
        return this.occupancy.seat(device.id, time);
      case 'counter':
        return this.counter(device.id, time);
      case 'access-point': {
        const accessPoint = this.accessPointsById.get(device.id);
        return accessPoint && this.accessPoints.at(accessPoint, time);
      }
      case 'probe': {
        const probe = this.probesById.get(device.id);
        return probe && this.probes.at(probe, time);
      }
      case 'meter': {
        const before = this.before(time);
        return this.meters.at(device.id, time, (channel) => ({
          importWh: before(`${device.id}/${channel}/import`),
          exportWh: before(`${device.id}/${channel}/export`),
        }));
      }
      case 'weather':
        return this.mast(device.id, time);
    }
  }

  /** How a device is. Seats run on batteries that last two years; the others hang on the mains. */
  status(device: Pick<Device, 'id' | 'kind'>, time: number): StatusState {
    if (device.kind !== 'seat') return { kind: 'status', online: true };
    const own = this.seed.random('battery', device.id);
    const age = (time / batteryDaysMs + own.float()) % 1;
    const share = 1 - 0.92 * (age < 0 ? age + 1 : age);
    const meanSignalDbm = own.between(-88, -62);
    const random = this.seed.random('status', device.id, time);
    return {
      kind: 'status',
      online: true,
      batteryPct: 100 * share,
      batteryV: 2.45 + 0.6 * share ** 0.7 + 0.01 * random.normal(),
      signalDbm: meanSignalDbm + 1.5 * random.normal(),
    };
  }

  private counter(id: string, time: number): CounterState {
    const before = this.before(time);
    return this.counters.at(id, time, {
      in: before(`${id}/in`),
      out: before(`${id}/out`),
    });
  }

  private mast(id: string, time: number): WeatherState {
    const day = this.calendar.at(time);
    const lamps = lightShare(day, this.weather.sun(day), time);
    return this.weather.reading(id, time, this.occupancy.peopleAt(time), lamps);
  }

  /** What a counter had counted when the day of an instant began. */
  private before(time: number): (name: string) => number {
    const sums = this.totals.before(this.calendar.at(time).index);
    return (name) => sums[this.slots.get(name) ?? -1] ?? 0;
  }

  /** Adds a day's counts in the order of `counterNames`. */
  private addDay(index: number, sums: Float64Array): void {
    let slot = 0;
    const add = (value: number): void => {
      sums[slot] = (sums[slot] ?? 0) + value;
      slot++;
    };
    for (const counter of this.counters.day(index).values()) {
      add(counter.in.length);
      add(counter.out.length);
    }
    for (const meter of this.meters.day(index).values()) {
      for (const channel of [meter.total, ...meter.phases.values()]) {
        const { importWh, exportWh } = channel.total;
        add(importWh);
        add(exportWh);
      }
    }
  }
}

const counterNames = (site: Site): string[] => [
  ...site.counters.flatMap(({ id }) => [`${id}/in`, `${id}/out`]),
  ...site.meters.flatMap(({ id, phases }) =>
    ['total', ...new Set(phases)].flatMap((channel) => [
      `${id}/${channel}/import`,
      `${id}/${channel}/export`,
    ]),
  ),
];
