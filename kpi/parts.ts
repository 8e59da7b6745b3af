import { wifiLevels } from '../model/rollup/wifi.ts';
import { definePart, type Filling, last, list, max, min, type Part, type PartField, sum } from './part.ts';

const ms = 'ms';

/** Seats, one by one. Adds up over seats. */
export const seatPart = definePart({
  name: 'seat',
  description: 'A seat in a window.',
  scope: 'device',
  fields: {
    valid_ms: sum(ms, 'Time in which the state of the seat is known.'),
    occupied_ms: sum(ms, 'Time of it in which the seat is taken.'),
    people_ms: sum(ms, 'People at the seat multiplied by the time that they were there.'),
    people_peak: max('persons', 'Most people at the seat at one time.'),
  },
});

/** How many dwells one quarter hour can hold; sessions that begin in it are at least join + drop apart. */
export const dwellsMax = 8;
const dwellFields = Object.fromEntries(
  Array.from({ length: dwellsMax }, (_, index) => [`dwell_${index + 1}_ms`, list(ms, 'A dwell.')]),
);
type SessionField = 'sessions' | 'dwell_ms' | `dwell_${number}_ms`;

/** Sessions that begin in a quarter hour; computed for quarter hours, not for minutes. */
export const sessionPart = definePart({
  name: 'session',
  description: 'The sessions of a seat that begin in a window, at their whole length.',
  scope: 'device',
  fields: {
    sessions: sum('1', 'Sessions that begin in the window.'),
    dwell_ms: sum(ms, 'Their lengths together.'),
    ...dwellFields,
  } as Readonly<Record<SessionField, PartField>>,
});

/** The people of a zone or the site at the same instant. */
export const presencePart = definePart({
  name: 'presence',
  description: 'The people of a group, seen together. Tag `source`: seats or counters.',
  scope: 'group',
  fields: {
    known_ms: sum(ms, 'Time in which enough of the group is known (the configured coverage).'),
    people_ms: sum(ms, 'People seen multiplied by known time.'),
    people_peak: max('persons', 'Most people seen at one time.'),
    free_min: min('1', 'Fewest seats that were known to be free at one time.'),
    empty_ms: sum(ms, 'Known time in which nobody was seen.'),
    under_ms: sum(ms, 'Known time with fewer people than the target share of the capacity.'),
    in_ms: sum(ms, 'Known time from the target share up to overcrowding.'),
    crowded_ms: sum(ms, 'Known time at or above overcrowding, up to the capacity.'),
    over_ms: sum(ms, 'Known time above the capacity.'),
  },
});

/** People counters, one by one. */
export const gatePart = definePart({
  name: 'gate',
  description: 'A people counter in a window.',
  scope: 'device',
  fields: {
    valid_ms: sum(ms, 'Time in which the counter is known.'),
    in: sum('persons', 'People that went in.'),
    out: sum('persons', 'People that went out.'),
  },
});

export type WifiLevel = keyof typeof wifiLevels;
export type WifiCause<L extends WifiLevel> = (typeof wifiLevels)[L][number];
export type WifiField =
  | 'valid_ms'
  | 'user_ms'
  | { [L in WifiLevel]: `${L}_ms` | `${L}_${WifiCause<L>}_ms` }[WifiLevel];

const wifiFields = (): Record<string, PartField> => {
  const fields: Record<string, PartField> = {
    valid_ms: sum(ms, 'Time in which the radio is known.'),
    user_ms: sum(ms, 'Clients multiplied by the time that they were connected.'),
  };
  for (const [level, causes] of Object.entries(wifiLevels)) {
    fields[`${level}_ms`] = sum(ms, `User time that the level "${level}" judges, good and bad.`);
    for (const cause of causes) fields[`${level}_${cause}_ms`] = sum(ms, `Bad user time of it: ${cause}.`);
  }
  return fields;
};

/** A radio (tag `band`), or the access point as a whole for `ap_health` (band `all`). Adds up over radios. */
export const wifiPart = definePart({
  name: 'wifi',
  description: 'User time of a radio, judged by each service level.',
  scope: 'device',
  fields: wifiFields() as Record<WifiField, PartField>,
});

/** Upper edges of the latency histogram: ten a decade (ISO 3, R10), 1 ms to 10 s; one more bucket lies above. */
export const latencyEdgesMs: readonly number[] = [
  ...[1, 10, 100, 1_000].flatMap((decade) =>
    [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8].map((step) => step * decade),
  ),
  10_000,
];
const bucketFields = Object.fromEntries(
  Array.from({ length: latencyEdgesMs.length + 1 }, (_, index) => [
    `latency_b${index}`,
    sum('1', `Reports with a latency up to ${latencyEdgesMs[index] ?? 'any number of'} ms.`),
  ]),
);

type ProbeField =
  | `${'valid' | 'latency' | 'jitter'}_ms`
  | `${'latency' | 'jitter' | 'loss'}_count`
  | 'loss_pct'
  | `latency_b${number}`;

/** One probe and target. Adds up over probes. */
export const probePart = definePart({
  name: 'probe',
  description: 'What a probe measured in a window.',
  scope: 'device',
  fields: {
    valid_ms: sum(ms, 'Time in which the probe is known.'),
    latency_count: sum('1', 'Reports with a latency.'),
    latency_ms: sum(ms, 'Their latencies together.'),
    jitter_count: sum('1', 'Reports with a jitter.'),
    jitter_ms: sum(ms, 'Their jitters together.'),
    loss_count: sum('1', 'Reports with a loss.'),
    loss_pct: sum('%', 'Their losses together.'),
    ...bucketFields,
  } as Readonly<Record<ProbeField, PartField>>,
});

/** One meter, all its phases. Adds up over meters, except for the peak. */
export const energyPart = definePart({
  name: 'energy',
  description: 'Energy and power of a meter in a window.',
  scope: 'device',
  fields: {
    valid_ms: sum(ms, 'Time in which the meter is known.'),
    import_f1_wh: sum('Wh', 'Energy taken in band F1.'),
    import_f2_wh: sum('Wh', 'Energy taken in band F2.'),
    import_f3_wh: sum('Wh', 'Energy taken in band F3.'),
    export_wh: sum('Wh', 'Energy given back.'),
    integrated_wh: sum('Wh', 'Share of the energy taken that was integrated from power, without a counter.'),
    bridged_wh: sum('Wh', 'Share of the energy taken that was spread over a silence.'),
    quarter_peak_w: max(
      'W',
      'Highest mean power taken of a quarter hour; set where quarter hours are closed.',
    ),
    active_wh: sum('Wh', 'Active power without its sign, integrated while apparent power is known too.'),
    apparent_vah: sum('VAh', 'Apparent power integrated.'),
    pf_ms: sum(ms, 'Time in which a power factor is known under load.'),
    pf_low_ms: sum(ms, 'Time of it with a power factor under 0.9.'),
    phases_ms: sum(ms, 'Time in which the currents of three phases are known.'),
    current_mean: sum('A·ms', 'Mean current of the three phases, integrated.'),
    current_deviation: sum('A·ms', 'Largest deviation of a phase from that mean, integrated.'),
    resets: sum('1', 'Counters that started again from zero.'),
    dips: sum('1', 'Counter readings that were ignored as noise.'),
    strange: sum('1', 'Counter readings that were ignored as wrong, or began a new series.'),
  },
});

/** Any device. */
export const healthPart = definePart({
  name: 'health',
  description: 'How a device was in a window.',
  scope: 'device',
  fields: {
    valid_ms: sum(ms, 'Time in which the device is known.'),
    reports: sum('1', 'Reports that came.'),
    last_seen: max(ms, 'Time of the latest report, epoch milliseconds.'),
    battery_pct: last('%', 'Latest battery charge.'),
    link_quality: last('1', 'Latest link quality.'),
    signal_dbm: last('dBm', 'Latest signal of the link to the device.'),
    clock_skew_s: last('s', 'Latest clock skew.'),
  },
});

/** All parts, by name. */
export const parts = {
  seat: seatPart,
  session: sessionPart,
  presence: presencePart,
  gate: gatePart,
  wifi: wifiPart,
  probe: probePart,
  energy: energyPart,
  health: healthPart,
} as const;
export type PartName = keyof typeof parts;
export type PartOf<N extends PartName> = Part<(typeof parts)[N]>;
export type FillingOf<N extends PartName> = Filling<(typeof parts)[N]>;
