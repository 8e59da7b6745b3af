import type { Live } from '../../ingest/live.ts';
import type { Clock } from '../../model/clock.ts';
import type { Site } from '../../model/site.ts';
import { EventStream } from './event-stream.ts';
import type { RefusedReason } from './observe.ts';
import type { Limits } from './parts.ts';
import { SiteFeed } from './site-feed.ts';
import { formatComment, formatRetry } from './sse.ts';

export interface HubParts {
  readonly live: Live;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly onRefused: (reason: RefusedReason) => void;
}

const reconnectDelayMs = 3_000;
const heartbeat = Buffer.from(formatComment('heartbeat'));
const retry = Buffer.from(formatRetry(reconnectDelayMs));

/** All event streams. One listener, one serialisation of each change, two timers, however many read. */
export class EventHub {
  readonly #parts: HubParts;
  readonly #feeds = new Map<string, SiteFeed>();
  readonly #stopListening: () => void;
  readonly #timers: readonly NodeJS.Timeout[];
  /** When the last news was told, and how to call off the next time. */
  #flushedAt = Number.NEGATIVE_INFINITY;
  #callOff: (() => void) | undefined;
  #lastId = 0;
  #closed = false;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#stopListening = parts.live.subscribe((entry) => {
      const feed = this.#feeds.get(entry.site);
      if (feed === undefined) return;
      feed.change(entry);
      this.#callOff ??= this.#flushSoon();
    });
    const { heartbeatMs, silenceCheckMs } = parts.limits;
    this.#timers = [
      setInterval(() => this.#beat(), heartbeatMs),
      setInterval(() => this.#checkSilence(), silenceCheckMs),
    ];
  }

  /** Open streams over all sites. */
  get size(): number {
    let size = 0;
    for (const feed of this.#feeds.values()) size += feed.streams.size;
    return size;
  }

  /** A stream of a site's changes, or `undefined` when there are too many or the hub is closed. */
  open(site: Site): EventStream | undefined {
    if (this.#closed) return undefined;
    if (this.size >= this.#parts.limits.eventStreamsMax) {
      this.#parts.onRefused('event_streams');
      return undefined;
    }
    const feed = this.#feedOf(site);
    const stream = new EventStream(this.#parts.limits);
    stream.sendRaw(retry, this.#parts.clock.now());
    feed.add(stream);
    stream.once('close', () => {
      feed.streams.delete(stream);
      if (feed.streams.size === 0) this.#feeds.delete(site.id);
    });
    return stream;
  }

  /** Ends every stream and stops listening. */
  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const timer of this.#timers) clearInterval(timer);
    this.#flush();
    for (const stream of this.#streams()) stream.finish();
  }

  #feedOf(site: Site): SiteFeed {
    let feed = this.#feeds.get(site.id);
    if (feed === undefined) {
      const { live, clock } = this.#parts;
      const nextId = () => String(++this.#lastId);
      const onSlow = (stream: EventStream) => this.#cutOff(stream);
      feed = new SiteFeed({ site, live, clock, nextId, onSlow });
      this.#feeds.set(site.id, feed);
    }
    return feed;
  }

  /** At once after a while without news; else once the last telling is long enough ago. Returns how to call it off. */
  #flushSoon(): () => void {
    const waitMs = this.#flushedAt + this.#parts.limits.eventFlushMs - performance.now();
    if (waitMs <= 0) {
      const immediate = setImmediate(() => this.#flush());
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(() => this.#flush(), waitMs);
    return () => clearTimeout(timer);
  }

  #flush(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#flushedAt = performance.now();
    for (const feed of this.#feeds.values()) feed.flush();
  }

  #beat(): void {
    const now = this.#parts.clock.now();
    for (const stream of this.#streams()) {
      const stalledMs = stream.stalledAt === undefined ? 0 : now - stream.stalledAt;
      if (stalledMs >= this.#parts.limits.eventStreamStallMs) this.#cutOff(stream);
      else stream.sendRaw(heartbeat, now);
    }
  }

  #checkSilence(): void {
    for (const feed of this.#feeds.values()) feed.tellSilent();
    this.#flush();
  }

  #cutOff(stream: EventStream): void {
    if (stream.destroyed) return;
    this.#parts.onRefused('slow_reader');
    stream.destroy();
  }

  #streams(): readonly EventStream[] {
    return [...this.#feeds.values()].flatMap((feed) => [...feed.streams]);
  }
}
