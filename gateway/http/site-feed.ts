import type { Live, LiveEntry } from '../../ingest/live.ts';
import type { Clock } from '../../model/clock.ts';
import type { Site } from '../../model/site.ts';
import { describeEntry } from './entry.ts';
import type { EventStream, Frame } from './event-stream.ts';
import { isSilent, keyOf } from './silence.ts';
import { formatEvent } from './sse.ts';

export interface FeedParts {
  readonly site: Site;
  readonly live: Live;
  readonly clock: Clock;
  readonly nextId: () => string;
  /** Called for a stream for which too much waits. */
  readonly onSlow: (stream: EventStream) => void;
}

interface News {
  readonly event: 'reading' | 'silent';
  readonly entry: LiveEntry;
  readonly silent: boolean;
}

/** A snapshot serves every stream that opens within this time: a thousand that reconnect at once cost one. */
const snapshotAgeMaxMs = 1_000;

/** The open streams of one site. Exists as long as there is one. */
export class SiteFeed {
  readonly streams = new Set<EventStream>();
  readonly #parts: FeedParts;
  /** Series known to be silent: each is told once, until it is heard again. */
  readonly #silent = new Set<string>();
  /** What happened since the last flush, the newest of each series, in the order in which it happened. */
  readonly #news = new Map<string, News>();
  /** The latest snapshot that was sent, and what was sent after it. */
  #snapshot: { readonly at: number; readonly block: Buffer } | undefined;
  #since: Buffer[] = [];

  constructor(parts: FeedParts) {
    this.#parts = parts;
    for (const entry of this.#silentEntries()) this.#silent.add(keyOf(entry));
  }

  /** Adds a stream, which begins with all that is known. */
  add(stream: EventStream): void {
    this.flush();
    const now = this.#parts.clock.now();
    if (this.#snapshot === undefined || now - this.#snapshot.at > snapshotAgeMaxMs) {
      this.#snapshot = { at: now, block: this.#snapshotBlock() };
    } else if (this.#since.length > 0) {
      this.#snapshot = {
        at: this.#snapshot.at,
        block: Buffer.concat([this.#snapshot.block, ...this.#since]),
      };
    }
    this.#since = [];
    stream.sendRaw(this.#snapshot.block, now);
    this.streams.add(stream);
  }

  change(entry: LiveEntry): void {
    const { site, clock } = this.#parts;
    const silent = isSilent(entry, site, clock.now());
    const key = keyOf(entry);
    if (!silent) this.#silent.delete(key);
    this.#tell(key, { event: 'reading', entry, silent });
  }

  /** Tells which devices fell silent since the last look. */
  tellSilent(): void {
    for (const entry of this.#silentEntries()) {
      const key = keyOf(entry);
      if (this.#silent.has(key)) continue;
      this.#silent.add(key);
      this.#tell(key, { event: 'silent', entry, silent: true });
    }
  }

  /** Hands what happened since the last call to every stream. */
  flush(): void {
    if (this.#news.size === 0) return;
    const frames = [...this.#news].map(([key, news]) => this.#frame(key, news));
    this.#news.clear();
    const block = Buffer.from(frames.map((frame) => frame.text).join(''));
    const now = this.#parts.clock.now();
    if (this.#snapshot !== undefined && now - this.#snapshot.at <= snapshotAgeMaxMs) this.#since.push(block);
    else this.#forgetSnapshot();
    for (const stream of this.streams) {
      if (!stream.send(frames, block, now)) this.#parts.onSlow(stream);
    }
  }

  #forgetSnapshot(): void {
    this.#snapshot = undefined;
    this.#since = [];
  }

  /** News of a series that has some already takes its place at the end. */
  #tell(key: string, news: News): void {
    this.#news.delete(key);
    this.#news.set(key, news);
  }

  #frame(key: string, { event, entry, silent }: News): Frame {
    const id = this.#parts.nextId();
    const text = formatEvent({ id, event, data: describeEntry(entry, silent) });
    return { key, text, sizeBytes: Buffer.byteLength(text) };
  }

  #snapshotBlock(): Buffer {
    const { live, site, clock, nextId } = this.#parts;
    const now = clock.now();
    const data = live.snapshot(site.id).map((entry) => describeEntry(entry, isSilent(entry, site, now)));
    return Buffer.from(formatEvent({ id: nextId(), event: 'snapshot', data }));
  }

  #silentEntries(): readonly LiveEntry[] {
    const { live, site, clock } = this.#parts;
    const now = clock.now();
    return live.snapshot(site.id).filter((entry) => isSilent(entry, site, now));
  }
}
