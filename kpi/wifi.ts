import type { Band } from '../model/access-point.ts';
import { Counter, type Step } from './counter.ts';
import { cut, type Grid, minuteMs } from './grid.ts';
import type { FillingOf, PartOf, WifiCause, WifiField } from './parts.ts';
import type { KpiSettings, WifiSettings } from './settings.ts';
import { held, type Report } from './state.ts';
import {
  type ConnectCause,
  connectCauses,
  type JudgedLevel,
  judgeCapacity,
  judgeCoverage,
  judgeThroughput,
  judgeTimeToConnect,
  type Verdict,
} from './wifi-judge.ts';

/** What a counter of the radio counted up to the report at a time; to be asked in order of time. */
type AmountAt = (time: number) => number;

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
  const events = eventsOf(reports);
  const counted = countersOf(reports, events, wifi);
  let before: number | undefined;
  for (const { from, to, report } of held(reports, maxSilenceMs)) {
    const amounts = judge(report, before, counted, band, wifi);
    before = from;
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part === undefined) return;
      part.valid_ms = (part.valid_ms ?? 0) + (end - start);
      for (const { field, clients } of amounts) part[field] = (part[field] ?? 0) + clients * (end - start);
    });
  }
  addEvents(parts, events, grid);
  return parts;
};

/** How many clients count for a field, as long as a report stands. */
interface Amount {
  readonly field: WifiField;
  readonly clients: number;
}

const judge = (
  { time, fields }: Report,
  before: number | undefined,
  counted: Counters,
  band: Band,
  wifi: WifiSettings,
): readonly Amount[] => {
  const { clients = 0 } = fields;
  if (clients === 0) return [];
  const bytes = counted.txBytes(time) + counted.rxBytes(time);
  const ownMbitS = before === undefined ? undefined : (bytes * 8) / 1000 / (time - before);
  const amounts: Amount[] = [{ field: 'user_ms', clients }];
  put(amounts, fieldsOf.coverage, judgeCoverage(fields, wifi));
  put(amounts, fieldsOf.capacity, judgeCapacity(fields, ownMbitS, band, wifi));
  put(amounts, fieldsOf.throughput, judgeThroughput(fields, band, wifi));
  const failures = (cause: ConnectCause): number => counted[cause](time);
  put(amounts, fieldsOf.time_to_connect, judgeTimeToConnect(fields, failures, wifi));
  return amounts;
};

/** Names of fields, made once: a name that is put together anew is slow to look up. */
interface LevelFields<Cause extends string> {
  readonly all: WifiField;
  readonly bad: Readonly<Record<Cause, WifiField>>;
}
const fieldsOf: { readonly [L in JudgedLevel]: LevelFields<WifiCause<L>> } = {
  coverage: {
    all: 'coverage_ms',
    bad: { weak_signal: 'coverage_weak_signal_ms', asymmetry: 'coverage_asymmetry_ms' },
  },
  capacity: {
    all: 'capacity_ms',
    bad: {
      clients: 'capacity_clients_ms',
      own_traffic: 'capacity_own_traffic_ms',
      other_networks: 'capacity_other_networks_ms',
      noise: 'capacity_noise_ms',
    },
  },
  throughput: {
    all: 'throughput_ms',
    bad: {
      coverage: 'throughput_coverage_ms',
      capacity: 'throughput_capacity_ms',
      retries: 'throughput_retries_ms',
    },
  },
  time_to_connect: {
    all: 'time_to_connect_ms',
    bad: {
      association: 'time_to_connect_association_ms',
      authorization: 'time_to_connect_authorization_ms',
      dhcp: 'time_to_connect_dhcp_ms',
      dns: 'time_to_connect_dns_ms',
      unknown: 'time_to_connect_unknown_ms',
    },
  },
};

const put = <L extends JudgedLevel>(
  amounts: Amount[],
  { all, bad }: LevelFields<WifiCause<L>>,
  verdict: Verdict<L> | undefined,
): void => {
  if (verdict === undefined) return;
  amounts.push({ field: all, clients: verdict.judged });
  if (verdict.bad > 0) amounts.push({ field: bad[verdict.cause], clients: verdict.bad });
};

interface Counters extends Readonly<Record<ConnectCause, AmountAt>> {
  /** Asked for where a channel is busy; else they say nothing. */
  readonly txBytes: AmountAt;
  readonly rxBytes: AmountAt;
}

const countersOf = (
  reports: readonly Report[],
  steps: EventSteps,
  { utilizationMaxPct }: WifiSettings,
): Counters => {
  const busy = reports.some(({ fields }) => (fields.utilization_pct ?? 0) >= utilizationMaxPct);
  return {
    association: amountAt(steps.association),
    authorization: amountAt(steps.authorization),
    dhcp: amountAt(steps.dhcp),
    dns: amountAt(steps.dns),
    txBytes: amountAt(busy ? stepsOf(reports, 'tx_bytes') : []),
    rxBytes: amountAt(busy ? stepsOf(reports, 'rx_bytes') : []),
  };
};

const amountAt = (steps: readonly Step[]): AmountAt => {
  let place = 0;
  return (time) => {
    while ((steps[place]?.to ?? Number.POSITIVE_INFINITY) < time) place++;
    const step = steps[place];
    return step?.to === time ? step.amount : 0;
  };
};

const stepsOf = (reports: readonly Report[], field: string): readonly Step[] => {
  const counter = new Counter();
  for (const { time, fields } of reports) {
    const value = fields[field];
    if (value !== undefined) counter.push({ time, value });
  }
  counter.finish();
  return counter.steps;
};

type EventSteps = Readonly<Record<ConnectCause | 'connects' | 'roams' | 'roamsSlow', readonly Step[]>>;

const eventsOf = (reports: readonly Report[]): EventSteps => ({
  connects: stepsOf(reports, 'connects'),
  association: stepsOf(reports, 'connect_failures_association'),
  authorization: stepsOf(reports, 'connect_failures_authorization'),
  dhcp: stepsOf(reports, 'connect_failures_dhcp'),
  dns: stepsOf(reports, 'connect_failures_dns'),
  roams: stepsOf(reports, 'roams'),
  roamsSlow: stepsOf(reports, 'roams_slow'),
});

const addEvents = (parts: readonly FillingOf<'wifi'>[], events: EventSteps, grid: Grid): void => {
  const add = (steps: readonly Step[], ...fields: readonly WifiField[]): void => {
    for (const { to, amount } of steps) {
      const part = amount > 0 ? parts[Math.floor((to - grid.from) / grid.everyMs)] : undefined;
      if (part === undefined) continue;
      for (const field of fields) part[field] = (part[field] ?? 0) + amount * minuteMs;
    }
  };
  add(events.connects, 'successful_connects_ms');
  for (const cause of connectCauses) {
    add(events[cause], 'successful_connects_ms', `successful_connects_${cause}_ms`);
  }
  add(events.roams, 'roaming_ms');
  add(events.roamsSlow, 'roaming_slow_ms');
};
