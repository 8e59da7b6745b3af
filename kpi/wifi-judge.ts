import type { Band } from '../model/access-point.ts';
import type { Fields } from '../model/point.ts';
import type { WifiCause } from './parts.ts';
import type { WifiSettings } from './settings.ts';
import { estimateRate } from './wifi-rate.ts';

/** Levels that judge what a report says, as long as it stands. */
export type JudgedLevel = 'coverage' | 'capacity' | 'throughput' | 'time_to_connect';

/** How many of the clients a level judges, how many of them are badly off, and why. */
export interface Verdict<L extends JudgedLevel> {
  readonly judged: number;
  readonly bad: number;
  readonly cause: WifiCause<L>;
}

/** Above this, an access point is heard where it cannot hear. */
const asymmetryDb = 6;

/** Weak clients as the radio counts them; where it does not, all of them by their mean signal. */
export const judgeCoverage = (fields: Fields, settings: WifiSettings): Verdict<'coverage'> | undefined => {
  const { clients = 0, clients_weak, signal_dbm, tx_power_dbm } = fields;
  if (clients_weak === undefined && signal_dbm === undefined) return undefined;
  const weak = clients_weak ?? ((signal_dbm ?? 0) < settings.signalMinDbm ? clients : 0);
  const louder = (tx_power_dbm ?? settings.clientPowerDbm) - settings.clientPowerDbm;
  return {
    judged: clients,
    bad: Math.min(clients, weak),
    cause: louder >= asymmetryDb ? 'asymmetry' : 'weak_signal',
  };
};

/** @param ownMbitS what the radio itself sent and received, where its counters tell */
export const judgeCapacity = (
  fields: Fields,
  ownMbitS: number | undefined,
  band: Band,
  settings: WifiSettings,
): Verdict<'capacity'> | undefined => {
  const { clients = 0, utilization_pct } = fields;
  const crowded = clients >= settings.clientsMax;
  if (utilization_pct === undefined && !crowded) return undefined;
  const busy = (utilization_pct ?? 0) >= settings.utilizationMaxPct;
  if (crowded) return { judged: clients, bad: clients, cause: 'clients' };
  if (!busy) return { judged: clients, bad: 0, cause: 'other_networks' };
  return { judged: clients, bad: clients, cause: busyCause(fields, ownMbitS, band, settings) };
};

/** Own traffic where it takes at least half of the busy time, else noise where it is loud, else the neighbours. */
const busyCause = (
  { utilization_pct = 0, noise_dbm, signal_dbm }: Fields,
  ownMbitS: number | undefined,
  band: Band,
  { noiseMaxDbm, signalMinDbm }: WifiSettings,
): WifiCause<'capacity'> => {
  const freeMbitS = estimateRate(band, signal_dbm ?? signalMinDbm, 0, 0).mbitS;
  const ownPct = ownMbitS === undefined || freeMbitS <= 0 ? 0 : (100 * ownMbitS) / freeMbitS;
  if (2 * ownPct >= utilization_pct) return 'own_traffic';
  return noise_dbm !== undefined && noise_dbm >= noiseMaxDbm ? 'noise' : 'other_networks';
};

export const judgeThroughput = (
  { clients = 0, signal_dbm, retries_pct = 0, utilization_pct = 0 }: Fields,
  band: Band,
  { rateMinMbitS }: WifiSettings,
): Verdict<'throughput'> | undefined => {
  if (signal_dbm === undefined) return undefined;
  const { mbitS, coverage, capacity, retries } = estimateRate(band, signal_dbm, retries_pct, utilization_pct);
  const least = Math.min(coverage, capacity, retries);
  const cause = least === coverage ? 'coverage' : least === capacity ? 'capacity' : 'retries';
  return { judged: clients, bad: mbitS < rateMinMbitS ? clients : 0, cause };
};

export const connectCauses = ['association', 'authorization', 'dhcp', 'dns'] as const;
export type ConnectCause = (typeof connectCauses)[number];

/** @param failures connections that failed since the report before, of a cause */
export const judgeTimeToConnect = (
  { clients = 0, time_to_connect_ms }: Fields,
  failures: (cause: ConnectCause) => number,
  { timeToConnectMaxMs }: WifiSettings,
): Verdict<'time_to_connect'> | undefined => {
  if (time_to_connect_ms === undefined) return undefined;
  if (time_to_connect_ms <= timeToConnectMaxMs) return { judged: clients, bad: 0, cause: 'unknown' };
  let cause: WifiCause<'time_to_connect'> = 'unknown';
  let most = 0;
  for (const one of connectCauses) {
    if (failures(one) <= most) continue;
    most = failures(one);
    cause = one;
  }
  return { judged: clients, bad: clients, cause };
};
