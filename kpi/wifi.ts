import type { Band } from '../model/access-point.ts';
import { Counter } from './counter.ts';
import { cut, type Grid, minuteMs } from './grid.ts';
import type { FillingOf, PartOf, WifiField } from './parts.ts';
import type { KpiSettings, WifiSettings } from './settings.ts';
import { held, type Report } from './state.ts';
import {
  type ConnectCause,
  connectCauses,
  judgeCapacity,
  judgeCoverage,
  judgeThroughput,
  judgeTimeToConnect,
  type Verdict,
} from './wifi-judge.ts';

/** What a radio's counters counted, by the time of the report that tells of it. */
type Counted = ReadonlyMap<number, number>;

/**
 * A radio in each window of a grid, judged by the service levels. What a report says holds for the time that it
 * stands; a connection that was tried, and a roam, count as one user-minute each, at the report that tells of it.
 * @param reports measurement `radio` of one band, in order of time, from `maxSilenceMs` before the grid
 */
export const wifiParts = (
  reports: readonly Report[],
  band: Band,
  maxSilenceMs: number,
  grid: Grid,
  { wifi }: Pick<KpiSettings, 'wifi'>,
): readonly PartOf<'wifi'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'wifi'> => ({}));
  const counted = countersOf(reports, wifi);
  let before: number | undefined;
  for (const { from, to, report } of held(reports, maxSilenceMs)) {
    const amounts = judge(report, before, counted, band, wifi);
    before = from;
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part === undefined) return;
      part.valid_ms = (part.valid_ms ?? 0) + (end - start);
      for (const [field, clients] of amounts) part[field] = (part[field] ?? 0) + clients * (end - start);
    });
  }
  addEvents(parts, counted, grid);
  return parts;
};

/** Clients by what they count for, as long as the report stands. */
const judge = (
  { time, fields }: Report,
  before: number | undefined,
  counted: Counters,
  band: Band,
  wifi: WifiSettings,
): readonly (readonly [WifiField, number])[] => {
  const { clients = 0 } = fields;
  if (clients === 0) return [];
  const bytes = counted.bytes.get(time);
  const seconds = before === undefined ? undefined : (time - before) / 1000;
  const ownMbitS = bytes === undefined || seconds === undefined ? undefined : (bytes * 8) / 1e6 / seconds;
  const failures: Partial<Record<ConnectCause, number>> = {};
  for (const cause of connectCauses) failures[cause] = counted[cause].get(time) ?? 0;
  return [
    ['user_ms', clients],
    ...fieldsOf('coverage', judgeCoverage(fields, wifi)),
    ...fieldsOf('capacity', judgeCapacity(fields, ownMbitS, band, wifi)),
    ...fieldsOf('throughput', judgeThroughput(fields, band, wifi)),
    ...fieldsOf('time_to_connect', judgeTimeToConnect(fields, failures, wifi)),
  ];
};

const fieldsOf = <L extends 'coverage' | 'capacity' | 'throughput' | 'time_to_connect'>(
  level: L,
  verdict: Verdict<L> | undefined,
): readonly (readonly [WifiField, number])[] => {
  if (verdict === undefined) return [];
  const { judged, bad, cause } = verdict;
  const total: WifiField = `${level}_ms`;
  const field = `${level}_${cause}_ms` as WifiField;
  return bad > 0
    ? [
        [total, judged],
        [field, bad],
      ]
    : [[total, judged]];
};

interface Counters extends Readonly<Record<ConnectCause, Counted>> {
  readonly connects: Counted;
  readonly roams: Counted;
  readonly roamsSlow: Counted;
  /** Sent and received, where a busy channel asks for it. */
  readonly bytes: Counted;
}

const countersOf = (reports: readonly Report[], { utilizationMaxPct }: WifiSettings): Counters => {
  const busy = reports.some(({ fields }) => (fields.utilization_pct ?? 0) >= utilizationMaxPct);
  return {
    connects: countedBy(reports, 'connects'),
    association: countedBy(reports, 'connect_failures_association'),
    authorization: countedBy(reports, 'connect_failures_authorization'),
    dhcp: countedBy(reports, 'connect_failures_dhcp'),
    dns: countedBy(reports, 'connect_failures_dns'),
    roams: countedBy(reports, 'roams'),
    roamsSlow: countedBy(reports, 'roams_slow'),
    bytes: busy
      ? plus(countedBy(reports, 'tx_bytes'), countedBy(reports, 'rx_bytes'))
      : new Map<number, number>(),
  };
};

const countedBy = (reports: readonly Report[], field: string): Counted => {
  const counter = new Counter();
  for (const { time, fields } of reports) {
    const value = fields[field];
    if (value !== undefined) counter.push({ time, value });
  }
  counter.finish();
  const counted = new Map<number, number>();
  for (const { to, amount } of counter.steps) if (amount > 0) counted.set(to, amount);
  return counted;
};

const plus = (a: Counted, b: Counted): Counted => {
  const both = new Map(a);
  for (const [time, amount] of b) both.set(time, (both.get(time) ?? 0) + amount);
  return both;
};

const addEvents = (parts: readonly FillingOf<'wifi'>[], counted: Counters, grid: Grid): void => {
  const add = (events: Counted, ...fields: readonly WifiField[]): void => {
    for (const [time, amount] of events) {
      const part = parts[Math.floor((time - grid.from) / grid.everyMs)];
      if (part === undefined) continue;
      for (const field of fields) part[field] = (part[field] ?? 0) + amount * minuteMs;
    }
  };
  add(counted.connects, 'successful_connects_ms');
  for (const cause of connectCauses) {
    add(counted[cause], 'successful_connects_ms', `successful_connects_${cause}_ms`);
  }
  add(counted.roams, 'roaming_ms');
  add(counted.roamsSlow, 'roaming_slow_ms');
};
