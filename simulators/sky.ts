import { type Calendar, type Day, hourMs, type Interval, minuteMs } from './calendar.ts';
import type { Random, Seed } from './random.ts';

/** What a day draws once; instants between two noons lie between the draws of both days. */
export interface SkyOfDay {
  readonly anomalyC: number;
  readonly pressureHpa: number;
  readonly windMPerS: number;
  /** 0 is clear, 1 is overcast. */
  readonly cloud: number;
  readonly haze: number;
  readonly spells: readonly (Interval & { readonly mmPerHour: number })[];
  /** Passing clouds: a knot each half hour, in [-1, 1]. */
  readonly passing: readonly number[];
}

const knotMs = 30 * minuteMs;

/** Share of wet days: three in ten in November, one in eight in May (Pesaro's coast, smoothed). */
const rainChance = (day: Day): number => 0.21 + 0.09 * Math.cos(2 * Math.PI * (day.yearShare - 0.87));

export const drawSky = (calendar: Calendar, seed: Seed, index: number): SkyOfDay => {
  const day = calendar.day(index);
  const random = seed.random(index);
  const anomalyC = 2.3 * random.normal();
  const wet = random.chance(rainChance(day));
  const pressureHpa = (wet ? -7 : 2) + 5 * random.normal();
  const windMPerS = random.logNormal(wet ? 3 : 2, 0.45);
  const cloud = wet ? random.between(0.75, 1) : random.float() ** 1.6;
  const haze = random.normal();
  const passing = Array.from({ length: 50 }, () => random.between(-1, 1));
  return {
    anomalyC,
    pressureHpa,
    windMPerS,
    cloud,
    haze,
    passing,
    spells: wet ? drawSpells(day, random) : [],
  };
};

/** One to three spells, each within its day. */
const drawSpells = (day: Day, random: Random): SkyOfDay['spells'] =>
  Array.from({ length: 1 + random.index(3) }, () => {
    const from = random.between(day.start, day.end - hourMs);
    const to = Math.min(day.end, from + Math.max(20 * minuteMs, random.logNormal(1.8, 0.7) * hourMs));
    return { from, to, mmPerHour: Math.min(60, random.logNormal(1.6, 0.9)) };
  });

/** Rain rate in mm/h: each spell swells and fades. */
export const rainAt = (sky: SkyOfDay, time: number): number => {
  let rate = 0;
  for (const { from, to, mmPerHour } of sky.spells) {
    if (time < from || time >= to) continue;
    rate += mmPerHour * Math.sin((Math.PI * (time - from)) / (to - from)) ** 0.5;
  }
  return rate;
};

/** Passing clouds between two knots; the day's last knot is the first of the next day. */
export const passingAt = (sky: SkyOfDay, next: SkyOfDay, day: Day, time: number): number => {
  const place = (time - day.start) / knotMs;
  const knot = Math.floor(place);
  const lastKnot = Math.round((day.end - day.start) / knotMs);
  const knotAt = (at: number): number => (at < lastKnot ? sky.passing[at] : next.passing[0]) ?? 0;
  const low = knotAt(knot);
  const high = knotAt(knot + 1);
  return low + (high - low) * (place - knot);
};
