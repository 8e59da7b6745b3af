import {
  type AccessPointState,
  type CounterState,
  type MeterState,
  type PhaseName,
  type PowerState,
  perCause,
  phaseNames,
  type RadioBand,
  type RadioState,
  radioBands,
  type State,
} from '../state.ts';
import type { FaultKind } from './fault.ts';

export const counterReset: FaultKind = {
  description: "a device's counters start again from zero",
  probability: 0.0005,
  create: ({ probability, random, count }) => {
    const bases = new Map<string, State>();
    return {
      distort: (sample) => {
        const { state, device } = sample;
        if (state.kind !== 'counter' && state.kind !== 'meter' && state.kind !== 'access-point')
          return sample;
        if (random(device.id).chance(probability)) {
          bases.set(device.id, state);
          count();
        }
        const base = bases.get(device.id);
        if (base === undefined) return sample;
        if (hasRestarted(base, state)) {
          bases.delete(device.id);
          return sample;
        }
        return { ...sample, state: since(base, state) };
      },
    };
  },
};

/** A restart set the counters to zero once more: from then on they speak for themselves. */
const hasRestarted = (base: State, now: State): boolean =>
  base.kind === 'access-point' && now.kind === 'access-point' && now.uptimeS < base.uptimeS;

const since = (base: State, now: State): State => {
  if (base.kind === 'counter' && now.kind === 'counter') return counterSince(base, now);
  if (base.kind === 'meter' && now.kind === 'meter') return meterSince(base, now);
  if (base.kind === 'access-point' && now.kind === 'access-point') return accessPointSince(base, now);
  return now;
};

const counterSince = (base: CounterState, now: CounterState): CounterState => ({
  ...now,
  inTotal: now.inTotal - base.inTotal,
  outTotal: now.outTotal - base.outTotal,
});

const meterSince = (base: MeterState, now: MeterState): MeterState => {
  const phases: Partial<Record<PhaseName, PowerState>> = {};
  for (const name of phaseNames) {
    const [before, phase] = [base.phases[name], now.phases[name]];
    if (before !== undefined && phase !== undefined) phases[name] = powerSince(before, phase);
  }
  return { ...now, total: powerSince(base.total, now.total), phases };
};

const powerSince = (base: PowerState, now: PowerState): PowerState => ({
  ...now,
  energyImportWh: now.energyImportWh - base.energyImportWh,
  energyExportWh: now.energyExportWh - base.energyExportWh,
});

const accessPointSince = (base: AccessPointState, now: AccessPointState): AccessPointState => {
  const radios: Partial<Record<RadioBand, RadioState>> = {};
  for (const band of radioBands) {
    const [before, radio] = [base.radios[band], now.radios[band]];
    if (before !== undefined && radio !== undefined) radios[band] = radioSince(before, radio);
  }
  return { ...now, uptimeS: now.uptimeS - base.uptimeS, radios };
};

const radioSince = (base: RadioState, now: RadioState): RadioState => ({
  ...now,
  txBytes: now.txBytes - base.txBytes,
  rxBytes: now.rxBytes - base.rxBytes,
  connects: now.connects - base.connects,
  failures: perCause((cause) => now.failures[cause] - base.failures[cause]),
  roams: now.roams - base.roams,
  roamsSlow: now.roamsSlow - base.roamsSlow,
});
