import { type Day, hourOf, minuteMs } from './calendar.ts';
import type { Seed } from './random.ts';
import type { Air, Weather } from './weather.ts';

/** A quarter of an hour in which the office is open, and how much people want to be there. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  /** Share of the seats that would be taken if the wish stayed as it is; 0 to 0.93. */
  readonly wish: number;
}

const slotMs = 15 * minuteMs;
/** Wish for a seat on a fine working day, by local hour: two humps and a dip for lunch. */
const byHour = [
  0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.05, 0.12, 0.34, 0.6, 0.76, 0.8, 0.62, 0.36, 0.46, 0.68, 0.74, 0.64,
  0.42, 0.22, 0.12, 0.08, 0.05, 0.03,
];
/** Monday to Sunday. */
const byWeekday = [0.92, 1.02, 1.05, 1, 0.86, 0.7, 0.6];

/**
 * How much people want to sit outside: by hour, weekday, weather and event. Each day also has a mood of its own.
 * Empty on a closed day.
 */
export const demandOf = (day: Day, weather: Weather, seed: Seed): readonly Slot[] => {
  const mood = seed.random('mood', day.index).logNormal(1, 0.1);
  const dayShare = (byWeekday[day.weekday - 1] ?? 1) * mood;
  const eventShare = day.expectedPeople > 0 ? 1.3 : 1;
  const slots: Slot[] = [];
  for (const hours of day.open) {
    for (let from = hours.from; from < hours.to; from += slotMs) {
      const to = Math.min(from + slotMs, hours.to);
      const air = weather.at(day, (from + to) / 2);
      const hour = hourOf(day, from) - 0.5;
      const low = byHour[Math.floor(hour)] ?? 0;
      const high = byHour[Math.floor(hour) + 1] ?? 0;
      const byClock = low + (high - low) * (hour - Math.floor(hour));
      const wish = byClock * dayShare * eventShare * comfort(air);
      slots.push({ from, to, wish: Math.min(0.93, wish) });
    }
  }
  return slots;
};

/** How pleasant it is to sit outside, 0 to 1: best from 18 to 27 °C, hardly anybody stays in rain. */
const comfort = (air: Pick<Air, 'temperatureC' | 'rainMmH' | 'windMPerS'>): number => {
  const { temperatureC, rainMmH, windMPerS } = air;
  const cold = Math.min(1, Math.max(0.08, 0.25 + (0.75 * (temperatureC - 4)) / 14));
  const heat = Math.min(1, Math.max(0.2, 1 - 0.06 * (temperatureC - 27)));
  const rain = rainMmH > 0.1 ? 0.1 : 1;
  const wind = Math.min(1, Math.max(0.4, 1 - 0.1 * (windMPerS - 6)));
  return cold * heat * rain * wind;
};
