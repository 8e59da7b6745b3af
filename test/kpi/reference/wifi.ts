import { anything, standingOf } from './counter.ts';
import type { Table } from './occupancy.ts';
import { knownMs, pieces, type RawReport, type Series, type Span } from './raw.ts';

export interface Radio {
  readonly band: '2.4' | '5' | '6';
  readonly series: Series;
}

type Bad = Record<string, number>;

/** Best rate at a signal: IEEE 802.11 sensitivities for 20 MHz, 3 dB more for each doubling of the width. */
const rates = {
  '2.4': [6.5, 13, 19.5, 26, 39, 52, 58.5, 65, 78],
  '5': [13.5, 27, 40.5, 54, 81, 108, 121.5, 135, 162, 180],
  '6': [29.3, 58.5, 87.8, 117, 175.5, 234, 263.3, 292.5, 351, 390],
};
const widerDb = { '2.4': 0, '5': 3, '6': 6 };
const rateAt = (band: Radio['band'], signal: number): number => {
  const floors = [-82, -79, -77, -74, -70, -66, -65, -64, -59, -57].map((floor) => floor + widerDb[band]);
  return Math.max(0, ...rates[band].filter((_, mcs) => signal >= (floors[mcs] ?? 0)));
};

const causes = ['association', 'authorization', 'dhcp', 'dns'] as const;

/** Clients of a report that a level judges, those that are bad, and why. */
interface Verdict {
  readonly level: string;
  readonly judged: number;
  readonly bad: number;
  readonly cause: string;
}

type Fields = RawReport['fields'];

const coverage = ({ clients = 0, clients_weak, signal_dbm }: Fields): readonly Verdict[] => {
  if (clients_weak === undefined && signal_dbm === undefined) return [];
  const weak = clients_weak ?? (Number(signal_dbm) < -72 ? clients : 0);
  return [{ level: 'coverage', judged: clients, bad: Math.min(weak, clients), cause: 'weak_signal' }];
};

const capacity = (band: Radio['band'], fields: Fields, ownMbitS: number): readonly Verdict[] => {
  const { clients = 0, utilization_pct: busy, signal_dbm = -72, noise_dbm = -200 } = fields;
  if (busy === undefined && clients < 30) return [];
  const ownPct = (100 * ownMbitS) / (rateAt(band, signal_dbm) * 0.65);
  const filler = ownPct >= (busy ?? 0) / 2 ? 'own_traffic' : noise_dbm >= -85 ? 'noise' : 'other_networks';
  const isBad = clients >= 30 || (busy ?? 0) >= 70;
  const cause = clients >= 30 ? 'clients' : filler;
  return [{ level: 'capacity', judged: clients, bad: isBad ? clients : 0, cause }];
};

const throughput = (band: Radio['band'], fields: Fields): readonly Verdict[] => {
  const { clients = 0, signal_dbm, utilization_pct = 0, retries_pct = 0 } = fields;
  if (signal_dbm === undefined) return [];
  const best = rateAt(band, 0);
  const factors = {
    coverage: rateAt(band, signal_dbm) / best,
    capacity: 1 - utilization_pct / 100,
    retries: 1 - retries_pct / 100,
  };
  const mbitS = best * 0.65 * factors.coverage * factors.capacity * factors.retries;
  const [[cause] = ['coverage']] = Object.entries(factors).sort(([, a], [, b]) => a - b);
  return [{ level: 'throughput', judged: clients, bad: mbitS < 10 ? clients : 0, cause }];
};

const timeToConnect = (fields: Fields, failed: Readonly<Record<string, number>>): readonly Verdict[] => {
  const { clients = 0, time_to_connect_ms: ms } = fields;
  if (ms === undefined) return [];
  const [[worst, most] = ['', 0]] = Object.entries(failed).sort(([, a], [, b]) => b - a);
  const cause = most > 0 ? worst : 'unknown';
  return [{ level: 'time_to_connect', judged: clients, bad: ms > 2000 ? clients : 0, cause }];
};

/** What a counter counted at each report. */
const countedAt = (series: Series, field: string): ReadonlyMap<number, number> =>
  new Map(standingOf(series, field, anything).map(({ time, counted = 0 }) => [time, counted]));

const counterFields = ['tx_bytes', 'rx_bytes', 'connects', 'roams', 'roams_slow'];
const failureOf = (cause: string): string => `connect_failures_${cause}`;

const add = (sums: Bad, key: string, amount: number): void => {
  sums[key] = (sums[key] ?? 0) + amount;
};

/** Service levels of radios in a window: share of good user-minutes, and bad ones by cause. */
export const radioFigures = (radios: readonly Radio[], window: Span): Table => {
  const judged: Bad = {};
  const bad: Bad = {};
  for (const { band, series } of radios) {
    const counters = Object.fromEntries(
      [...counterFields, ...causes.map(failureOf)].map((field) => [field, countedAt(series, field)]),
    );
    const count = (field: string, time: number): number => counters[field]?.get(time) ?? 0;
    const failedAt = (time: number) =>
      Object.fromEntries(causes.map((cause) => [cause, count(failureOf(cause), time)]));
    const before = new Map(series.reports.map(({ time }, index) => [time, series.reports[index - 1]?.time]));
    for (const { from, to } of pieces(window, series.edgesIn(window))) {
      const report = series.at(from);
      if (report === undefined) continue;
      const { time, fields } = report;
      const elapsedMs = time - (before.get(time) ?? Number.NEGATIVE_INFINITY);
      const ownMbitS = ((count('tx_bytes', time) + count('rx_bytes', time)) * 8) / (1000 * elapsedMs);
      const verdicts = [
        ...coverage(fields),
        ...capacity(band, fields, ownMbitS),
        ...throughput(band, fields),
        ...timeToConnect(fields, failedAt(time)),
      ];
      for (const verdict of verdicts) {
        add(judged, verdict.level, (verdict.judged * (to - from)) / 60_000);
        add(bad, `${verdict.level} ${verdict.cause}`, (verdict.bad * (to - from)) / 60_000);
      }
    }
    for (const { time } of series.reports.filter((one) => one.time >= window.from && one.time < window.to)) {
      add(judged, 'successful_connects', count('connects', time));
      for (const [cause, failures] of Object.entries(failedAt(time))) {
        add(judged, 'successful_connects', failures);
        add(bad, `successful_connects ${cause}`, failures);
      }
      add(judged, 'roaming', count('roams', time));
      add(bad, 'roaming slow', count('roams_slow', time));
    }
  }
  return levels(judged, bad);
};

const levels = (judged: Bad, bad: Bad): Table => {
  const table: Table = {};
  for (const [level, all] of Object.entries(judged)) {
    if (all <= 0) continue;
    const own = Object.entries(bad).filter(([key]) => key.startsWith(`${level} `));
    table[`wifi_${level} good`] = 1 - own.reduce((sum, [, value]) => sum + value, 0) / all;
    for (const [key, value] of own) if (value > 0) table[`wifi_${key}`] = value;
  }
  return table;
};

/** Health of access points, while anything of the site was heard. */
export const apFigures = (points: readonly Series[], everything: readonly Series[], window: Span): Table => {
  const heardEdges = everything.flatMap((other) => other.edgesIn(window));
  const bad: Bad = {};
  const judged: Bad = {};
  for (const series of points) {
    const boots = series.reports.map(({ time, fields }) => time + (180 - (fields.uptime_s ?? 180)) * 1000);
    for (const { from, to } of pieces(window, [...series.edgesIn(window), ...heardEdges, ...boots])) {
      const report = series.at(from);
      if (report === undefined && !everything.some((other) => other.at(from) !== undefined)) continue;
      add(judged, 'ap_health', (to - from) / 60_000);
      const cause = ailmentAt(report, from);
      if (cause !== undefined) add(bad, `ap_health ${cause}`, (to - from) / 60_000);
    }
  }
  return levels(judged, bad);
};

const ailmentAt = (report: RawReport | undefined, time: number): string | undefined => {
  if (report === undefined) return 'offline';
  const { uptime_s = 180, uplink_mbit_s = 1000 } = report.fields;
  if (uptime_s + (time - report.time) / 1000 < 180) return 'reboot';
  return uplink_mbit_s < 1000 ? 'uplink' : undefined;
};

/** Buckets of latencies: ten a decade from 1 ms to 10 s. */
const edges = [0, 1, 2, 3].flatMap((decade) =>
  [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8].map((step) => step * 10 ** decade),
);

export const probeFigures = (probes: readonly Series[], window: Span): Table => {
  const fieldOf = (field: string): readonly number[] =>
    probes.flatMap(({ reports }) =>
      reports
        .filter(({ time }) => time >= window.from && time < window.to)
        .flatMap(({ fields }) => fields[field] ?? []),
    );
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const latencies = fieldOf('latency_ms');
  const rank = 0.95 * latencies.length;
  const upper =
    [...edges, 10_000].find((edge) => latencies.filter((one) => one <= edge).length >= rank) ?? 10_000;
  const lower = edges.filter((edge) => edge < upper).at(-1) ?? 0;
  const below = latencies.filter((one) => one <= lower).length;
  const inside = latencies.filter((one) => one > lower && one <= upper).length;
  const valid = probes.reduce((sum, probe) => sum + knownMs(window, probe), 0);
  return {
    'probe_latency mean': mean(latencies),
    'probe_latency p95': lower + ((upper - lower) * (rank - below)) / inside,
    'probe_latency jitter': mean(fieldOf('jitter_ms')),
    probe_loss: mean(fieldOf('loss_pct')),
    'probe coverage': valid / (window.to - window.from) / probes.length,
  };
};
