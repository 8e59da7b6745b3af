import type { Site } from '../model/site.ts';
import { type Calendar, type Day, hourOf } from './calendar.ts';
import { DayCache } from './day-cache.ts';
import type { Seed } from './random.ts';
import { drawSky, passingAt, rainAt, type SkyOfDay } from './sky.ts';
import type { WeatherState } from './state.ts';
import { Sun } from './sun.ts';

/** The weather over the street at one instant, before any instrument looks at it. */
export interface Air {
  readonly temperatureC: number;
  readonly meanTemperatureC: number;
  readonly pressureHpa: number;
  readonly windMPerS: number;
  readonly rainMmH: number;
  /** 0 is clear, 1 is overcast. */
  readonly cloud: number;
  readonly haze: number;
  readonly sunHeight: number;
  readonly sunElevation: number;
}

/** Seasons, days and spells of rain at the site's latitude. Any instant can be asked for, in any order. */
export class Weather {
  private readonly calendar: Calendar;
  private readonly latitude: number;
  private readonly jitter: Seed;
  private readonly skies: DayCache<SkyOfDay>;
  private readonly suns: DayCache<Sun>;

  constructor(site: Site, calendar: Calendar, seed: Seed) {
    const { latitude, longitude } = site.location;
    this.calendar = calendar;
    this.latitude = latitude;
    this.jitter = seed.derive('weather-instrument');
    const skySeed = seed.derive('sky');
    this.skies = new DayCache((index) => drawSky(calendar, skySeed, index), 12);
    this.suns = new DayCache((index) => new Sun(calendar.day(index), latitude, longitude));
  }

  sun(day: Day): Sun {
    return this.suns.get(day.index);
  }

  sky(day: Day): SkyOfDay {
    return this.skies.get(day.index);
  }

  at(day: Day, time: number): Air {
    const noon = (day.start + day.end) / 2;
    const today = this.skies.get(day.index);
    const next = this.skies.get(day.index + 1);
    const [low, high] = time < noon ? [this.skies.get(day.index - 1), today] : [today, next];
    const share = ((time - noon) / (day.end - day.start) + 1) % 1;
    const ease = (1 - Math.cos(Math.PI * share)) / 2;
    const blend = (from: number, to: number): number => from + (to - from) * ease;

    const rainMmH = rainAt(today, time);
    const passing = passingAt(today, next, day, time);
    const cloud = Math.min(
      1,
      Math.max(rainMmH > 0 ? 0.85 : 0, blend(low.cloud, high.cloud) + 0.25 * passing),
    );
    const sun = this.suns.get(day.index);
    const meanTemperatureC = this.seasonal(day) + blend(low.anomalyC, high.anomalyC);
    const swing = Math.cos((2 * Math.PI * (hourOf(day, time) - 14.5)) / 24);
    const sunHeight = sun.height(time);
    return {
      meanTemperatureC,
      temperatureC: meanTemperatureC + 4.6 * (1 - 0.5 * cloud) * swing - (rainMmH > 0 ? 1.2 : 0),
      pressureHpa: 1014 + blend(low.pressureHpa, high.pressureHpa),
      windMPerS: blend(low.windMPerS, high.windMPerS) * (0.7 + 0.6 * sunHeight) + 0.4 * (passing + 1),
      rainMmH,
      cloud,
      haze: blend(low.haze, high.haze),
      sunHeight,
      sunElevation: sun.elevation(time),
    };
  }

  /** What the mast reports; `people` and `lightShare` (0 to 1) are what it hears and sees of the street. */
  reading(device: string, time: number, people: number, lightShare: number): WeatherState {
    const day = this.calendar.at(time);
    const air = this.at(day, time);
    const random = this.jitter.random(device, time);
    const humidity = 72 - 2.1 * (air.temperatureC - air.meanTemperatureC) + 6 * air.cloud;
    const raining = air.rainMmH > 0;
    const traffic = Math.max(0, Math.sin((Math.PI * (hourOf(day, time) - 6)) / 16));
    const soundLevel =
      43 + 9 * traffic + 8 * Math.log10(1 + people / 3) + (raining ? 4 : 0) + 0.7 * air.windMPerS;
    const winter = (1 + Math.cos(2 * Math.PI * day.yearShare)) / 2;
    const dust = (8 + 11 * winter) * Math.exp(0.3 * air.haze) * (1 + 0.3 * traffic) * (raining ? 0.6 : 1);
    return {
      kind: 'weather',
      temperatureC: air.temperatureC + 0.08 * random.normal(),
      humidityPct: clamp(humidity + (raining ? 14 : 0) + 0.6 * random.normal(), 22, 100),
      pressureHpa: air.pressureHpa + 0.05 * random.normal(),
      windMPerS: clamp(air.windMPerS * (1 + 0.18 * random.normal()), 0, 60),
      rainMmH: raining ? air.rainMmH * random.between(0.85, 1.15) : 0,
      illuminanceLx: clamp((daylight(air) + 12 * lightShare) * (1 + 0.01 * random.normal()), 0, 150_000),
      noiseDba: soundLevel + 1.1 * random.normal(),
      pm25UgM3: clamp(dust * (1 + 0.06 * random.normal()), 0.5, 500),
      co2Ppm: 421 + 14 * (1 - air.sunHeight) + 0.2 * people + 1.5 * random.normal(),
    };
  }

  /** Mean of the season: 5.6 °C in late January, 24.8 °C in late July at Pesaro's latitude. */
  private seasonal(day: Day): number {
    const southern = this.latitude < 0 ? 0.5 : 0;
    const mean = clamp(15.2 - 0.6 * (Math.abs(this.latitude) - 43.9), -5, 27);
    return mean - 9.6 * Math.cos(2 * Math.PI * (day.yearShare - 0.07 - southern));
  }
}

/** Share of the sun's light that passes the clouds. */
export const clearness = (cloud: number): number => 1 - 0.8 * cloud ** 1.5;

/** Lux on a flat surface: some 100 klx under a high sun, 400 lx at sunset, under 1 lx in the night. */
const daylight = (air: Air): number => {
  const twilight = 400 * 10 ** (0.35 * Math.min(0, air.sunElevation));
  return (118_000 * air.sunHeight ** 1.15 + twilight) * clearness(air.cloud);
};

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));
