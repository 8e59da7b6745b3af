import { limits } from '../model/limits.ts';
import type { Point } from '../model/point.ts';
import { imbalance, type LedgerView } from './ledger.ts';
import type { SpoolStats } from './spool/protocol.ts';

/** How many messages had gone into the spool by a time. */
interface Sample {
  readonly time: number;
  readonly spooled: number;
}

const samplesMax = 2_000;
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** Mean and maximum of what was observed since they were last asked for. */
class Delays {
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  add(ms: number): void {
    this.#count++;
    this.#sumMs += ms;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /** `name_ms` and `name_max_ms`; nothing where nothing was observed. */
  take(name: 'accept' | 'write'): Record<string, number> {
    if (this.#count === 0) return {};
    const fields = { [`${name}_ms`]: this.#sumMs / this.#count, [`${name}_max_ms`]: this.#maxMs };
    [this.#count, this.#sumMs, this.#maxMs] = [0, 0, 0];
    return fields;
  }
}

/** What the measurement `pipeline` says of an ingest. */
export class PipelineReport {
  readonly #startedAt: number;
  readonly #accept = new Delays();
  readonly #write = new Delays();
  #points = 0;
  #samples: Sample[] = [];

  constructor(now: number) {
    this.#startedAt = now;
  }

  durable(delayMs: number): void {
    this.#accept.add(delayMs);
  }

  stored(points: number, writeMs: number): void {
    this.#points += points;
    this.#write.add(writeMs);
  }

  /** To be called every few seconds: the lag is known to that. */
  sample(now: number, view: LedgerView): void {
    this.#samples.push({ time: now, spooled: everSpooled(view) });
    if (this.#samples.length > samplesMax)
      this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
  }

  /** One point for each site that the ingest serves. @param device its name, the same at each start */
  points(
    now: number,
    {
      view,
      stats: { sizeBytes },
      strangers,
    }: { readonly view: LedgerView; readonly stats: SpoolStats; readonly strangers: number },
    {
      device,
      version,
      sites,
    }: { readonly device: string; readonly version: string; readonly sites: Iterable<string> },
  ): Point[] {
    const fields = {
      received: view.received,
      stored: view.stored,
      duplicate: view.duplicate,
      quarantined: sum(view.quarantined),
      refused: sum(view.refused),
      waiting: view.spooled,
      imbalance: imbalance(view),
      lag_s: this.#lagMs(now, view) / 1_000,
      spool_bytes: sizeBytes,
      spool_pct: Math.min(100, (100 * sizeBytes) / limits.spoolBytesMax),
      ...this.#accept.take('accept'),
      ...this.#write.take('write'),
      points: this.#points,
      strangers,
      uptime_s: (now - this.#startedAt) / 1_000,
    };
    return [...sites].map((site) => ({
      measurement: 'pipeline',
      tags: { site, device, version },
      fields,
      time: now,
    }));
  }

  /** The spool is left in the order in which it was entered: the first that waits came after the last that has left. */
  #lagMs(now: number, view: LedgerView): number {
    if (view.spooled === 0) return 0;
    const left = everSpooled(view) - view.spooled;
    const before = this.#samples.findLast(({ spooled }) => spooled <= left);
    this.#samples = this.#samples.filter(({ spooled }) => spooled >= (before?.spooled ?? 0));
    return now - (before?.time ?? this.#startedAt);
  }
}

/** Messages that ever went into the spool: those that left it for the store, for quarantine, and those that wait. */
const everSpooled = ({ stored, quarantined, spooled }: LedgerView): number =>
  stored + (quarantined.store_rejected ?? 0) + (quarantined.spool_corrupt ?? 0) + spooled;
