import type { Site } from '../model/site.ts';
import { type Calendar, type Day, hourOf } from './calendar.ts';
import { Channel, type Part, shareOf } from './channel.ts';
import { type Circuit, circuitsOf } from './circuit.ts';
import { DayCache } from './day-cache.ts';
import { profileOf } from './loads.ts';
import type { Occupancy } from './occupancy.ts';
import type { Energy } from './profile.ts';
import type { Seed } from './random.ts';
import { type MeterState, type PhaseName, type PowerState, phaseNames } from './state.ts';
import type { Weather } from './weather.ts';

export interface MeterOfDay {
  readonly total: Channel;
  readonly phases: ReadonlyMap<PhaseName, Channel>;
}

/** Energy of a meter's total or phase since New Year, before a day began. */
export type EnergyBefore = (channel: 'total' | PhaseName) => Energy;

interface Mains {
  readonly voltageV: number;
  readonly frequencyHz: number;
}

const phaseOffsetV: Readonly<Record<PhaseName, number>> = { a: 0.4, b: -0.9, c: 0.6 };

/** The meters of a site. The feed measures exactly the sum of all others, phase by phase. */
export class Meters {
  private readonly calendar: Calendar;
  private readonly jitter: Seed;
  private readonly days: DayCache<ReadonlyMap<string, MeterOfDay>>;

  constructor(site: Site, calendar: Calendar, occupancy: Occupancy, weather: Weather, seed: Seed) {
    this.calendar = calendar;
    this.jitter = seed.derive('meter');
    const circuits = circuitsOf(site);
    this.days = new DayCache((index) => {
      const day = calendar.day(index);
      const on = { site, day, occupancy: occupancy.day(index), weather };
      const loads = circuits
        .filter(({ load }) => load !== 'feed')
        .map((circuit) => ({ circuit, profile: profileOf(circuit, on) }));
      return new Map(
        circuits.map((meter) => {
          const carried = loads.filter(({ circuit }) => meter.load === 'feed' || circuit === meter);
          return [meter.id, meterOfDay(day, meter, carried)];
        }),
      );
    }, 3);
  }

  day(index: number): ReadonlyMap<string, MeterOfDay> {
    return this.days.get(index);
  }

  at(id: string, time: number, before: EnergyBefore): MeterState | undefined {
    const day = this.calendar.at(time);
    const meter = this.days.get(day.index).get(id);
    if (meter === undefined) return undefined;
    const random = this.jitter.random(id, time);
    const frequencyHz = 50 + 0.018 * this.jitter.random('mains', Math.floor(time / 1000)).normal();
    const evening = Math.exp(-(((hourOf(day, time) - 20) / 3) ** 2));
    const phases: Partial<Record<PhaseName, PowerState>> = {};
    for (const [phase, channel] of meter.phases) {
      const voltageV = 231.5 - 3.5 * evening + phaseOffsetV[phase] + 0.5 * random.normal();
      phases[phase] = powerOf(channel, time, before(phase), { voltageV, frequencyHz });
    }
    const states = phaseNames.flatMap((phase) => phases[phase] ?? []);
    const voltageV = states.reduce((sum, state) => sum + state.voltageV, 0) / states.length;
    const currentA = states.reduce((sum, state) => sum + state.currentA, 0);
    const total = powerOf(meter.total, time, before('total'), { voltageV, frequencyHz });
    return { kind: 'meter', total: { ...total, currentA }, phases };
  }
}

const meterOfDay = (day: Day, meter: Circuit, loads: readonly Omit<Part, 'share'>[]): MeterOfDay => {
  const phases = meter.phases.map((phase): readonly [PhaseName, Channel] => {
    const parts = loads.map((load) => ({ ...load, share: shareOf(load.circuit, meter, phase) }));
    return [
      phase,
      Channel.of(
        day,
        parts.filter(({ share }) => share > 0),
      ),
    ];
  });
  const total = Channel.of(
    day,
    loads.map((load) => ({ ...load, share: 1 })),
  );
  return { total, phases: new Map(phases) };
};

const powerOf = (channel: Channel, time: number, before: Energy, mains: Mains): PowerState => {
  const activePowerW = channel.activeW(time);
  const reactivePowerVar = channel.reactiveVar(time);
  const apparentPowerVa = Math.hypot(activePowerW, reactivePowerVar);
  const today = channel.energy(time);
  return {
    activePowerW,
    reactivePowerVar,
    apparentPowerVa,
    voltageV: mains.voltageV,
    currentA: apparentPowerVa / mains.voltageV,
    powerFactor: apparentPowerVa === 0 ? 1 : activePowerW / apparentPowerVa,
    frequencyHz: mains.frequencyHz,
    energyImportWh: before.importWh + today.importWh,
    energyExportWh: before.exportWh + today.exportWh,
  };
};
