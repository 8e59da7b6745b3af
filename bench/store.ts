import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Point } from '../model/point.ts';
import { openDuckDbStore } from '../store/duckdb/duckdb-store.ts';
import type { Store } from '../store/store.ts';

interface StoreFigure {
  readonly engine: string;
  readonly batchPoints: number;
  readonly data: 'fresh' | 'duplicate';
  readonly pointsPerSecond: number;
  /** Of all threads, DuckDB's too. */
  readonly cpuMicrosPerPoint: number;
  readonly batchMsP50: number;
  readonly batchMsMax: number;
}

const startMs = Date.UTC(2026, 5, 23, 6);

/** A second of a street: 48 seats, 4 counters, 18 radios, 6 access points, 24 phases, a mast and their health. */
const second = (time: number): Point[] => {
  const place = (device: string, own: Record<string, string> = {}) => ({
    site: 'via-rossini',
    zone: `z${device.length % 5}`,
    device,
    ...own,
  });
  const many = (count: number, make: (index: number) => Point): Point[] =>
    Array.from({ length: count }, (_, i) => make(i));
  const wave = Math.sin(time / 60_000);
  return [
    ...many(48, (i) => ({
      measurement: 'occupancy',
      tags: place(`S${i}`, { kind: 'seat' }),
      fields: { occupied: (time / 1000 + i) % 2 },
      time,
    })),
    ...many(4, (i) => ({
      measurement: 'occupancy',
      tags: place(`C${i}`, { kind: 'counter' }),
      fields: { people: i, in_total: time / 1000, out_total: time / 1000 - i },
      time,
    })),
    ...many(18, (i) => ({
      measurement: 'radio',
      tags: place(`A${i % 6}`, { band: ['2.4', '5', '6'][i % 3] ?? '5' }),
      fields: {
        channel: 36,
        clients: i,
        utilization_pct: 40 + 10 * wave,
        noise_dbm: -92,
        tx_bytes: time * 7,
        rx_bytes: time * 3,
      },
      time,
    })),
    ...many(6, (i) => ({
      measurement: 'access_point',
      tags: place(`A${i}`),
      fields: { clients: 3 * i, uptime_s: time / 1000, cpu_pct: 12 + wave },
      time,
    })),
    ...many(24, (i) => ({
      measurement: 'power',
      tags: place(`M${i % 8}`, { phase: ['a', 'b', 'c'][i % 3] ?? 'a' }),
      fields: {
        active_power_w: 800 * wave,
        voltage_v: 230 + wave,
        current_a: 3.4,
        energy_import_wh: time / 3600,
      },
      time,
    })),
    {
      measurement: 'weather',
      tags: place('W1'),
      fields: { temperature_c: 21 + wave, humidity_pct: 55, wind_m_s: 2 },
      time,
    },
    ...many(48, (i) => ({
      measurement: 'device_health',
      tags: place(`S${i}`),
      fields: { battery_pct: 90, clock_skew_s: wave, clock_trusted: 1 },
      time,
    })),
  ];
};

const toBatches = (seconds: number, batchPoints: number): Point[][] => {
  const points = Array.from({ length: seconds }, (_, index) => second(startMs + index * 1000)).flat();
  return Array.from({ length: Math.ceil(points.length / batchPoints) }, (_, index) =>
    points.slice(index * batchPoints, (index + 1) * batchPoints),
  );
};

const measure = async (
  store: Store,
  batches: readonly Point[][],
  data: StoreFigure['data'],
): Promise<StoreFigure> => {
  const times: number[] = [];
  let count = 0;
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  for (const batch of batches) {
    const begun = performance.now();
    const { stored } = await store.write(batch);
    times.push(performance.now() - begun);
    count += stored;
  }
  const elapsedMs = performance.now() - started;
  const cpu = process.cpuUsage(cpuBefore);
  times.sort((a, b) => a - b);
  return {
    engine: store.name,
    batchPoints: batches[0]?.length ?? 0,
    data,
    pointsPerSecond: Math.round((count * 1000) / elapsedMs),
    cpuMicrosPerPoint: (cpu.user + cpu.system) / count,
    batchMsP50: times[times.length >> 1] ?? 0,
    batchMsMax: times.at(-1) ?? 0,
  };
};

/** Points a second through the public interface of the embedded store, one batch after the other, each durable. */
export const benchStore = async (): Promise<void> => {
  for (const [batchPoints, seconds] of [
    [500, 700],
    [5_000, 4_000],
  ] as const) {
    const directory = await mkdtemp(join(tmpdir(), 'aperto-bench-'));
    const store = await openDuckDbStore({ path: join(directory, 'bench.duckdb') });
    try {
      const batches = toBatches(seconds, batchPoints);
      for (const data of ['fresh', 'duplicate'] as const) {
        process.stdout.write(`${describe(await measure(store, batches, data))}\n`);
      }
    } finally {
      await store.close();
      await rm(directory, { recursive: true });
    }
  }
};

const describe = ({
  engine,
  batchPoints,
  data,
  pointsPerSecond,
  cpuMicrosPerPoint,
  batchMsP50,
  batchMsMax,
}: StoreFigure): string =>
  `store ${engine}: ${data} points in batches of ${batchPoints}: ${pointsPerSecond.toLocaleString('en')} points/s, ` +
  `${cpuMicrosPerPoint.toFixed(1)} µs CPU a point, ` +
  `a batch p50 ${batchMsP50.toFixed(1)} ms, max ${batchMsMax.toFixed(1)} ms`;
