import { seriesKey } from '../model/point.ts';
import type { Live, LiveEntry } from './live.ts';

/** The live state as another thread tells it: the HTTP API and the event stream read it here. */
export class LiveMirror implements Live {
  readonly #sites = new Map<string, Map<string, Map<string, LiveEntry>>>();
  readonly #listeners = new Set<(entry: LiveEntry) => void>();

  /** @param entries snapshots of the sites */
  constructor(entries: readonly LiveEntry[]) {
    for (const entry of entries) this.#put(entry);
  }

  snapshot(site: string): readonly LiveEntry[] {
    const devices = this.#sites.get(site)?.values() ?? [];
    return [...devices].flatMap((entries) => [...entries.values()]);
  }

  subscribe(listener: (entry: LiveEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes entries that changed, and tells the listeners. */
  put(entries: readonly LiveEntry[]): void {
    for (const entry of entries) {
      this.#put(entry);
      for (const listener of this.#listeners) tell(listener, entry);
    }
  }

  #put(entry: LiveEntry): void {
    const { site, device, zone, measurement, tags } = entry;
    const devices = this.#sites.get(site) ?? new Map<string, Map<string, LiveEntry>>();
    this.#sites.set(site, devices);
    const entries = devices.get(device) ?? new Map<string, LiveEntry>();
    devices.set(device, entries);
    entries.set(seriesKey(measurement, { site, device, zone, ...tags }), entry);
  }
}

/** What goes wrong for a listener is its own matter: the message is durable and must be acknowledged. */
const tell = (listener: (entry: LiveEntry) => void, entry: LiveEntry): void => {
  try {
    listener(entry);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
};
