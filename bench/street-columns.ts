import { bands } from '../model/access-point.ts';
import type { MeasurementName } from '../model/measurements.ts';
import type { Tags } from '../model/point.ts';
import type { Site } from '../model/site.ts';
import type { Replacement, SeriesColumns } from '../store/history.ts';

const hourMs = 3_600_000;

/** How a field goes on with time: `at` is the hour of its day, 0 to 24. */
type Shape = (index: number, at: number, device: number) => number;

const open = (at: number): number => (at > 8 && at < 20 ? 1 : 0);
const seat: Shape = (index, at, device) => (open(at) > 0 && (index + 37 * device) % 140 < 90 ? 1 : 0);

const fieldsOf: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  seat: { occupied: seat },
  counter: {
    in_total: (index) => Math.floor(index / 20),
    out_total: (index) => Math.floor((index + 5) / 20),
    people: (_, at) => 3 * open(at),
  },
  access_point: {
    clients: (_, at) => 12 * open(at),
    uptime_s: (index) => 30 * index,
    uplink_mbit_s: () => 1_000,
  },
  radio: {
    channel: () => 36,
    clients: (index, at) => open(at) * (index % 9),
    clients_weak: (index, at) => open(at) * Number(index % 9 > 6),
    utilization_pct: (index) => 40 + (index % 50),
    noise_dbm: () => -92,
    signal_dbm: (index) => -60 - (index % 20),
    tx_bytes: (index) => 70_000 * index,
    rx_bytes: (index) => 30_000 * index,
    retries_pct: () => 7,
    connects: (index) => Math.floor(index / 6),
    connect_failures_association: (index) => Math.floor(index / 200),
    connect_failures_authorization: (index) => Math.floor(index / 300),
    connect_failures_dhcp: (index) => Math.floor(index / 400),
    connect_failures_dns: (index) => Math.floor(index / 500),
    time_to_connect_ms: () => 900,
    roams: (index) => Math.floor(index / 9),
    roams_slow: (index) => Math.floor(index / 90),
  },
  probe: {
    latency_ms: (index) => 9 + (index % 30),
    jitter_ms: () => 2,
    loss_pct: (index) => Number(index % 300 === 0),
  },
  power: {
    active_power_w: (_, at) => 300 + 900 * open(at),
    apparent_power_va: (_, at) => 320 + 950 * open(at),
    reactive_power_var: () => 90,
    voltage_v: () => 230.4,
    current_a: (_, at) => 1.4 + 3.5 * open(at),
    power_factor: () => 0.95,
    frequency_hz: () => 50,
    energy_import_wh: (index) => 7.5 * index,
    energy_export_wh: () => 0,
  },
  weather: { temperature_c: (_, at) => 12 + at / 2, humidity_pct: () => 60 },
};

/** A stretch of a street that reports every `everyMs`, by measurement, as columns: what a back-fill left behind. */
export const streetColumns = (site: Site, from: number, to: number, everyMs: number): Replacement[] => {
  const times = Float64Array.from(
    { length: Math.floor((to - from) / everyMs) },
    (_, index) => from + index * everyMs,
  );
  const make = (kind: string, tags: Tags, device: number): SeriesColumns => ({
    tags,
    times,
    fields: Object.fromEntries(
      Object.entries(fieldsOf[kind] ?? {}).map(([name, shape]) => [
        name,
        times.map((time) => shape(time / everyMs, (time % (24 * hourMs)) / hourMs, device)),
      ]),
    ),
  });
  const of = (
    measurement: MeasurementName,
    kind: string,
    devices: readonly { readonly id: string; readonly zone: string }[],
    own: readonly Readonly<Record<string, string>>[] = [{}],
  ): Replacement => ({
    measurement,
    tags: { site: site.id, ...(kind === 'seat' || kind === 'counter' ? { kind } : {}) },
    from,
    to,
    series: devices.flatMap(({ id, zone }, index) =>
      own.map((tags) => make(kind, { site: site.id, zone, device: id, ...tags }, index)),
    ),
  });
  return [
    of('occupancy', 'seat', site.seats, [{ kind: 'seat' }]),
    of('occupancy', 'counter', site.counters, [{ kind: 'counter' }]),
    of('access_point', 'access_point', site.access_points),
    of(
      'radio',
      'radio',
      site.access_points,
      bands.map((band) => ({ band })),
    ),
    of('probe', 'probe', site.probes, [{ target: 'internet' }]),
    of('power', 'power', site.meters, [{ phase: 'total' }, { phase: 'a' }]),
    of('weather', 'weather', site.weather),
  ];
};

export const pointsIn = (replacements: readonly Replacement[]): number =>
  replacements.reduce(
    (sum, { series }) => sum + series.reduce((rows, { times }) => rows + times.length, 0),
    0,
  );
