import { energyRollup } from './energy.ts';
import { healthRollup } from './health.ts';
import { gateRollup, presenceRollup, seatRollup, sessionRollup } from './occupancy.ts';
import { markRollup, watermarkRollup } from './sharing.ts';
import { usageRollup } from './usage.ts';
import { probeRollup, wifiRollup } from './wifi.ts';
import { atWindows, type Window } from './window.ts';

/** What windows keep, by the name that comes before the window's. */
export const rollupBases = {
  seat: seatRollup,
  session: sessionRollup,
  presence: presenceRollup,
  gate: gateRollup,
  wifi: wifiRollup,
  probe: probeRollup,
  energy: energyRollup,
  health: healthRollup,
} as const;
export type RollupBase = keyof typeof rollupBases;

/** All that is worked out window by window and kept in the rollup database: `seat_1m`, `seat_15m`, … `health_1d`. */
export const rollups = {
  ...atWindows(seatRollup),
  ...atWindows(sessionRollup),
  ...atWindows(presenceRollup),
  ...atWindows(gateRollup),
  ...atWindows(wifiRollup),
  ...atWindows(probeRollup),
  ...atWindows(energyRollup),
  ...atWindows(healthRollup),
  usage_1h: usageRollup,
  mark: markRollup,
  watermark: watermarkRollup,
} as const;

export type Rollups = typeof rollups;
export type RollupName = keyof Rollups;

const isRollupName = (name: string): name is RollupName => Object.hasOwn(rollups, name);

/** All that is kept in windows of one length. */
export const rollupsOf = (window: Window): readonly RollupName[] =>
  Object.keys(rollups)
    .filter(isRollupName)
    .filter((name) => name.endsWith(`_${window}`));
