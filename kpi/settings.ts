import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import { minuteMs } from './grid.ts';
import { dwellsMax } from './parts.ts';

/** What the definitions leave to a site. */
export interface KpiSettings {
  /** Share of known time below which there is a reason and no number. */
  readonly coverageMin: number;
  /** Occupied intervals closer than this are one session. */
  readonly sessionJoinMs: number;
  /** Sessions shorter than this are none. */
  readonly sessionDropMs: number;
  /** Share of the capacity below which a place is used less than wanted. */
  readonly targetShare: number;
  /** Share of the capacity from which it is overcrowded. */
  readonly crowdedShare: number;
  /** Local hour when the place is empty, so that counters start again from nobody. */
  readonly resetHour: number;
  /** Groups of fewer seats are not told of in public. */
  readonly publicSeatsMin: number;
  readonly wifi: WifiSettings;
  /** Energy beyond what this power gives since the last reading is no consumption. */
  readonly counterPowerMaxW: number;
  /** Below this apparent power a power factor says nothing. */
  readonly loadMinVa: number;
  readonly powerFactorMin: number;
}

export interface WifiSettings {
  readonly signalMinDbm: number;
  readonly utilizationMaxPct: number;
  /** Clients of one radio from which it is crowded. */
  readonly clientsMax: number;
  /** Noise floor from which noise, not neighbours, fills the channel. */
  readonly noiseMaxDbm: number;
  readonly rateMinMbitS: number;
  readonly timeToConnectMaxMs: number;
  /** An access point is rebooting for so long after its start. */
  readonly rebootS: number;
  readonly uplinkMinMbitS: number;
  /** What phones and laptops usually send with. */
  readonly clientPowerDbm: number;
}

export const defaultKpiSettings: KpiSettings = {
  coverageMin: 0.5,
  sessionJoinMs: 5 * minuteMs,
  sessionDropMs: 2 * minuteMs,
  targetShare: 0.6,
  crowdedShare: 0.85,
  resetHour: 4,
  publicSeatsMin: 5,
  wifi: {
    signalMinDbm: -72,
    utilizationMaxPct: 70,
    clientsMax: 30,
    noiseMaxDbm: -85,
    rateMinMbitS: 10,
    timeToConnectMaxMs: 2_000,
    rebootS: 180,
    uplinkMinMbitS: 1_000,
    clientPowerDbm: 15,
  },
  counterPowerMaxW: 1_000_000,
  loadMinVa: 100,
  powerFactorMin: 0.9,
};

/** @throws ApertoError `config` for sessions so short that a quarter hour could hold more than it keeps */
export const checkKpiSettings = (settings: KpiSettings): KpiSettings => {
  const apartMs = settings.sessionJoinMs + settings.sessionDropMs;
  if (apartMs * (dwellsMax - 1) >= 15 * minuteMs) return settings;
  throw new ApertoError(
    'config',
    `figures: sessions joined under ${settings.sessionJoinMs} ms and dropped under ${settings.sessionDropMs} ms are too many; make both together at least three minutes`,
  );
};

/**
 * The settings of a site: those of its file, and the defaults.
 * @throws ApertoError `config` as `checkKpiSettings`
 */
export const settingsOf = ({ figures = {} }: Pick<Site, 'figures'>): KpiSettings => {
  const { wifi = {} } = figures;
  return checkKpiSettings({
    ...defaultKpiSettings,
    ...given({
      coverageMin: figures.coverage_min,
      sessionJoinMs: times(figures.session_join_s, 1000),
      sessionDropMs: times(figures.session_drop_s, 1000),
      targetShare: figures.target_share,
      crowdedShare: figures.crowded_share,
      resetHour: figures.reset_hour,
      publicSeatsMin: figures.public_seats_min,
      counterPowerMaxW: times(figures.counter_power_max_kw, 1000),
    }),
    wifi: {
      ...defaultKpiSettings.wifi,
      ...given({
        signalMinDbm: wifi.signal_min_dbm,
        utilizationMaxPct: wifi.utilization_max_pct,
        clientsMax: wifi.clients_max,
        rateMinMbitS: wifi.rate_min_mbit_s,
        timeToConnectMaxMs: wifi.time_to_connect_max_ms,
        uplinkMinMbitS: wifi.uplink_min_mbit_s,
      }),
    },
  });
};

const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

/** Only what has a value, so that it covers the defaults and nothing else does. */
const given = <K extends string>(
  values: Readonly<Record<K, number | undefined>>,
): Partial<Record<K, number>> => {
  const known: Partial<Record<K, number>> = {};
  for (const name in values) if (values[name] !== undefined) known[name] = values[name];
  return known;
};
