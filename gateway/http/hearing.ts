import type { Live, LiveEntry } from '../../ingest/live.ts';
import type { Clock } from '../../model/clock.ts';
import { definitionOf } from '../../model/measurements.ts';
import type { Site } from '../../model/site.ts';

const separator = '\u0000';

/** Identity of an entry's series over all sites. Asked for each entry of each answer, so it builds no objects. */
export const keyOf = ({ site, zone, device, measurement, tags }: LiveEntry): string => {
  let key = site + separator + zone + separator + device + separator + measurement;
  for (const tag in definitionOf(measurement).tags) key += separator + (tags[tag] ?? '');
  return key;
};

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
