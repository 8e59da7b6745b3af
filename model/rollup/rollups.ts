import { energyRollup } from './energy.ts';
import { healthRollup } from './health.ts';
import { gateRollup, presenceRollup, seatRollup, sessionRollup } from './occupancy.ts';
import { probeRollup, wifiRollup } from './wifi.ts';
import { atWindows } from './window.ts';

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
} as const;

export type Rollups = typeof rollups;
export type RollupName = keyof Rollups;
