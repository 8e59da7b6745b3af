import { systemClock } from '../model/clock.ts';
import { Access } from './access.ts';
import { backfill } from './backfill.ts';
import type { Counts } from './connection.ts';
import { dialectOf } from './dialects/index.ts';
import { Faults } from './faults/faults.ts';
import { Fleet } from './fleet.ts';
import { fleetDevices } from './fleet-devices.ts';
import { Posts } from './hooks/posts.ts';
import { runLive } from './live.ts';
import { checkOptions, type SimulateOptions } from './options.ts';
import { Seed } from './random.ts';
import { schedule } from './schedule.ts';
import { Street } from './street.ts';
import { Timebase } from './timebase.ts';

/** How far a back-fill is. */
export interface Progress extends Readonly<Counts> {
  readonly from: number;
  readonly to: number;
  /** Simulated time that was reached. */
  readonly time: number;
}

/** The summary of a run, as it is printed. */
export interface Simulated extends Readonly<Counts> {
  readonly event: 'done';
  /** Readings dropped because their device was offline or waited for too many acknowledgements. */
  readonly skipped: number;
  readonly devices: number;
  /** Simulated span, RFC 3339. */
  readonly from: string;
  readonly to: string;
  /** Wall time that it took. */
  readonly seconds: number;
  /** Messages that each fault changed, added, moved, withheld or cut. */
  readonly faults: Readonly<Record<string, number>>;
}

type Span = Pick<Progress, 'from' | 'to'> & { readonly skipped: number };

const progressEveryMs = 200;

/**
 * Simulates a site against a broker, and the webhooks of those who post: back-fills a span, or publishes as time goes by until the signal fires.
 * @returns the counts, when the span is done or the signal fired
 * @throws ApertoError `usage` for options that do not fit or a broker that cannot be reached at first, `closed`
 *   when the broker is lost during a back-fill
 */
export const simulate = async (options: SimulateOptions): Promise<Simulated> => {
  checkOptions(options);
  const startedAt = performance.now();
  const run = prepare(options);
  const { from, to } = options;
  const span =
    from !== undefined && to !== undefined
      ? await runSpan(run, options, from, to)
      : await runOn(run, options);
  return {
    event: 'done',
    ...run.counts,
    skipped: span.skipped,
    devices: run.devices.length,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    seconds: Math.round(performance.now() - startedAt) / 1000,
    faults: run.faults.counts,
  };
};

const prepare = ({ broker, site, seed: number = 1, ...options }: SimulateOptions) => {
  const seed = Seed.of(number).derive(site.id, 'fleet');
  const counts: Counts = { published: 0, acked: 0, failed: 0 };
  const dialect = dialectOf(options.dialects ?? ['native'], site);
  const devices = fleetDevices(site, options.devices);
  const sources = new Set(devices.flatMap((device) => dialect.hook?.(site.id, device) ?? []));
  return {
    broker,
    site,
    dialect,
    seed,
    counts,
    posts: new Posts({ hooks: options.hooks, sources, counts, seed }),
    access: new Access(options),
    signal: options.signal ?? new AbortController().signal,
    devices,
    street: new Street(site, number),
    faults: new Faults(options.faults ?? [], seed),
  };
};
type Run = ReturnType<typeof prepare>;

const runSpan = async (run: Run, options: SimulateOptions, from: number, to: number): Promise<Span> => {
  const { street, devices, signal, counts } = run;
  let reached = from;
  let toldAt = Number.NEGATIVE_INFINITY;
  const onTime = (time: number): void => {
    reached = time;
    if (performance.now() - toldAt < progressEveryMs) return;
    toldAt = performance.now();
    options.onProgress?.({ ...counts, from, to, time });
  };
  await street.prepare(from);
  await backfill({
    ...run,
    onStall: options.onStall,
    samples: schedule(street, devices, from, to, options.cadenceS),
    onTime,
  });
  const end = signal.aborted ? reached : to;
  options.onProgress?.({ ...counts, from, to, time: end });
  return { from, to: end, skipped: 0 };
};

const runOn = async (
  run: Run,
  { clock = systemClock, speed = 1, from, rate, cadenceS }: SimulateOptions,
): Promise<Span> => {
  const timebase = new Timebase(clock, speed, from);
  const start = timebase.now();
  await run.street.prepare(start);
  const fleet = new Fleet({ ...run, timebase });
  await runLive({ ...run, fleet, timebase, rate, cadenceS }, run.signal);
  return { from: start, to: timebase.now(), skipped: fleet.skipped };
};
