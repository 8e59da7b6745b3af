import type { Live, LiveEntry } from '../../ingest/live.ts';
import type { Clock } from '../../model/clock.ts';
import { seriesKey } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';

/** Identity of an entry's series over all sites. */
export const keyOf = ({ measurement, site, zone, device, tags }: LiveEntry): string =>
  seriesKey(measurement, { ...tags, site, zone, device });

/**
 * When each series was last heard of, by our clock. What was restored from the store at start, and not heard
 * since, counts from its own time.
 */
export class Hearing {
  readonly #clock: Clock;
  readonly #heardAt = new Map<string, number>();
  /** Stops listening. */
  readonly stop: () => void;

  constructor(live: Live, clock: Clock) {
    this.#clock = clock;
    this.stop = live.subscribe((entry) => this.#heardAt.set(keyOf(entry), clock.now()));
  }

  /** True when it was never heard, or not for longer than its site allows: its state is unknown. */
  isSilent(entry: LiveEntry, site: Site): boolean {
    const heardAt = this.#heardAt.get(keyOf(entry)) ?? entry.time;
    const maxSilenceMs = site.devices.get(entry.device)?.maxSilenceMs ?? 0;
    return heardAt === undefined || this.#clock.now() - heardAt > maxSilenceMs;
  }
}
