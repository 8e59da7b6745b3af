import { ApiError, ask, keptHeader } from '../api/client.ts';
import { readEvents } from '../api/event-source.ts';
import type { Entry, Site } from '../api/types.ts';

export type Connection = 'connecting' | 'live' | 'lost' | 'refused';

/** One change, as the page of events lists it. */
export interface Change {
  readonly before: Entry | undefined;
  readonly entry: Entry;
  readonly at: number;
}

const keyOf = ({ device, measurement, tags }: Entry): string =>
  `${device} ${measurement} ${Object.values(tags).join(' ')}`;

type Listener = () => void;

const keepEveryMs = 60_000;

/** What is known now of a site, kept up to date by the event stream. Listeners are called once a frame. */
export class LiveStore {
  readonly #nowPath: string;
  readonly #eventsPath: string;
  readonly #silenceMs: ReadonlyMap<string, number>;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<Listener>();
  readonly #changes = new Set<(change: Change) => void>();
  #connection: Connection = 'connecting';
  /** When the figures were last known to be right, on the clock of the server. */
  #freshAt: number | undefined;
  #clockAheadMs = 0;
  #frame = 0;

  constructor(site: Site) {
    this.#nowPath = `/api/v1/sites/${site.id}/now`;
    this.#eventsPath = `/api/v1/sites/${site.id}/events`;
    this.#silenceMs = new Map(site.devices.map(({ id, max_silence_s }) => [id, max_silence_s * 1000]));
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Epoch milliseconds on the clock of the server. */
  get now(): number {
    return Date.now() + this.#clockAheadMs;
  }

  get freshAt(): number | undefined {
    return this.#connection === 'live' ? this.now : this.#freshAt;
  }

  /** Begins to listen; returns how to stop. */
  open(): () => void {
    void this.#readKept();
    const keeping = window.setInterval(() => void this.#keep(), keepEveryMs);
    const stop = readEvents(this.#eventsPath, {
      onOpen: (serverTime) => {
        this.#clockAheadMs = serverTime - Date.now();
      },
      onEvent: ({ event, data }) => {
        const parsed: Entry | readonly Entry[] = JSON.parse(data);
        if (event === 'snapshot' && Array.isArray(parsed)) this.#takeAll(parsed);
        else for (const entry of [parsed].flat()) this.#take(entry);
        this.#tell();
      },
      onLost: (status) => {
        if (this.#connection === 'live') this.#freshAt = this.now;
        this.#connection = status === 401 || status === 403 ? 'refused' : 'lost';
        this.#tell();
      },
    });
    return () => {
      clearInterval(keeping);
      stop();
    };
  }

  /** Everything, in the order of the site file. */
  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** The entry of a device that it is there for, or another measurement of it. */
  find(device: string, measurement: string, tag?: string): Entry | undefined {
    return this.#entries.get(`${device} ${measurement} ${tag ?? ''}`);
  }

  /** Whether the device was heard recently enough; what a lost connection tells grows old as well. */
  isKnown(entry: Entry | undefined): entry is Entry {
    if (entry?.time === undefined || entry.state === 'unknown') return false;
    if (this.#connection === 'live') return true;
    return this.now - Date.parse(entry.time) <= (this.#silenceMs.get(entry.device) ?? 0);
  }

  /** Calls back after changes, at most once a frame, and each second for what grows old; returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    const timer = window.setInterval(listener, 1_000);
    return () => {
      clearInterval(timer);
      this.#listeners.delete(listener);
    };
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#changes.add(listener);
    return () => void this.#changes.delete(listener);
  }

  #take(entry: Entry): void {
    const key = keyOf(entry);
    const before = this.#entries.get(key);
    this.#entries.set(key, entry);
    for (const listener of this.#changes) listener({ before, entry, at: this.now });
  }

  #takeAll(entries: readonly Entry[]): void {
    this.#entries.clear();
    for (const entry of entries) this.#entries.set(keyOf(entry), entry);
    this.#connection = 'live';
  }

  /** While no stream is open: what the service worker kept of the last look. */
  async #readKept(): Promise<void> {
    try {
      const { value, keptAt } = await ask<readonly Entry[]>(this.#nowPath);
      if (this.#connection === 'live') return;
      for (const entry of value) this.#entries.set(keyOf(entry), entry);
      this.#freshAt = keptAt ?? this.now;
      this.#tell();
    } catch (error) {
      // The stream says the same of a server that does not answer.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** Leaves the figures where the service worker finds them once nobody answers. */
  async #keep(): Promise<void> {
    if (this.#connection !== 'live') return;
    const cache = await caches.open('aperto-data');
    const headers = { 'content-type': 'application/json', [keptHeader]: String(Date.now()) };
    await cache.put(this.#nowPath, new Response(JSON.stringify([...this.#entries.values()]), { headers }));
  }

  #tell(): void {
    if (this.#frame !== 0) return;
    // A hidden tab draws no frames, and is to be right when it is looked at again.
    const later = document.visibilityState === 'visible' ? requestAnimationFrame : window.setTimeout;
    this.#frame = later(() => {
      this.#frame = 0;
      for (const listener of this.#listeners) listener();
    });
  }
}
