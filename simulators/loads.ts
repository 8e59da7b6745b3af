import type { Site } from '../model/site.ts';
import { type Day, hourOf, minuteMs } from './calendar.ts';
import type { Circuit } from './circuit.ts';
import { Level, minutesOf } from './level.ts';
import type { OccupancyOfDay } from './occupancy.ts';
import { Profile } from './profile.ts';
import type { Sun } from './sun.ts';
import { clearness, type Weather } from './weather.ts';

const socketStandbyW = 6;
const lampsPerZoneW = 150;
const switchesW = 55;
const accessPointW = 13;
const probeW = 3;
const perPersonW = 0.3;
const inverterStandbyW = 3;
const solarPeakPerSeatW = 120;
/** Weather changes slowly: solar power is worked out each ten minutes, straight lines between. */
const solarStepMinutes = 10;

/** What the loads of one day are worked out from. */
export interface DayOfLoads {
  readonly site: Site;
  readonly day: Day;
  readonly occupancy: OccupancyOfDay;
  readonly weather: Weather;
}

/** Active power of a circuit over a day, all phases together; negative is given back. */
export const profileOf = (circuit: Circuit, on: DayOfLoads): Profile => {
  const watts = new Float64Array(minutesOf(on.day) + 1);
  if (circuit.load === 'sockets') fillSockets(watts, circuit, on);
  if (circuit.load === 'services') fillServices(watts, circuit, on);
  if (circuit.load === 'generation') fillSolar(watts, circuit, on);
  return new Profile(on.day, watts);
};

const fillSockets = (watts: Float64Array, circuit: Circuit, { day, occupancy }: DayOfLoads): void => {
  const sittings = [...circuit.seats].flatMap((seat) => occupancy.sittings.get(seat) ?? []);
  const plugged = sittings.map(({ from, to, plugW }) => ({ from, to, weight: plugW }));
  const level = Level.of(day, plugged);
  for (let knot = 0; knot < watts.length; knot++) {
    watts[knot] = socketStandbyW + level.at(day.start + knot * minuteMs);
  }
};

const fillServices = (watts: Float64Array, circuit: Circuit, on: DayOfLoads): void => {
  const { site, day, occupancy, weather } = on;
  const sun = weather.sun(day);
  const network = switchesW + accessPointW * site.access_points.length + probeW * site.probes.length;
  const lamps = lampsPerZoneW * site.zones.length;
  for (let knot = 0; knot < watts.length; knot++) {
    const time = day.start + knot * minuteMs;
    const people = perPersonW * occupancy.people.at(time);
    watts[knot] = circuit.share * (network + people + lamps * lightShare(day, sun, time));
  }
};

const fillSolar = (watts: Float64Array, circuit: Circuit, { site, day, weather }: DayOfLoads): void => {
  const peakW = solarPeakPerSeatW * site.seats.length * circuit.share;
  const power = (minute: number): number => {
    const air = weather.at(day, Math.min(day.start + minute * minuteMs, day.end));
    const cooling = 1 - 0.004 * Math.max(0, air.temperatureC - 15);
    return inverterStandbyW - peakW * air.sunHeight ** 1.15 * clearness(air.cloud) * cooling;
  };
  for (let from = 0, low = power(0); from < watts.length; from += solarStepMinutes) {
    const high = power(from + solarStepMinutes);
    for (let minute = 0; minute < solarStepMinutes && from + minute < watts.length; minute++) {
      watts[from + minute] = low + ((high - low) * minute) / solarStepMinutes;
    }
    low = high;
  }
};

/** Lamps: off by day, on from sunset, dimmed to two fifths from 23:30 until 5:00. */
export const lightShare = (day: Day, sun: Sun, time: number): number => {
  const dark = Math.min(1, Math.max(0, (0.5 - sun.elevation(time)) / 3));
  const hour = hourOf(day, time);
  return dark * (hour >= 23.5 || hour < 5 ? 0.4 : 1);
};
