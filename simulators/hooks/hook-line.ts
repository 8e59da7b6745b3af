import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Counts } from '../connection.ts';
import { type Line, Waiting } from '../line.ts';
import { pause } from '../pause.ts';
import type { Random } from '../random.ts';
import { type Answer, Exchange } from './exchange.ts';
import { seal } from './seal.ts';
import { type HookSource, hookPath } from './source.ts';

export interface HookLineOptions {
  /** Address of the receiver: `http://host:port`. */
  readonly http: string;
  readonly source: HookSource;
  readonly secret: string;
  /** Meraki's: the text by which the cloud knows that this receiver is the one that it was told of. */
  readonly validator?: string | undefined;
  readonly inFlightMax: number;
  readonly counts: Counts;
  /** Draws the jitter of the back-off. */
  readonly random: Random;
  /** Told where the receiver lets nobody in with this secret. */
  readonly onRefusal: (refusal: ApertoError) => void;
}

/** Posts that are on their way at once. */
const postsMax = 16;
const backOffMs = { first: 200, max: 10_000 } as const;
/** The way in is wrong, and no message is at fault. */
const closedDoor = new Set([401, 403, 404, 405]);
/** Asked to come again. */
const laterStatus = new Set([408, 429, 500, 502, 503, 504]);

interface Post {
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

/** What one source posts for all of its devices: some at once, and again where it was asked to wait. */
export class HookLine implements Line {
  private readonly options: HookLineOptions;
  private readonly exchange: Exchange;
  private readonly over = new AbortController();
  private readonly waiting = new Waiting();
  private waitingForAck = 0;
  private lastHeardAt = performance.now();
  private isOpen = false;
  private letIn = false;

  constructor(options: HookLineOptions) {
    this.options = options;
    this.exchange = new Exchange(options.http, postsMax);
  }

  /**
   * Sees whether somebody answers there; Meraki's cloud asks for its validator first.
   * @throws ApertoError `usage` where nobody does, or another receiver
   */
  async open(): Promise<void> {
    const { http, source, validator } = this.options;
    const url = new URL(http);
    const answer = await this.exchange.ask({ method: 'GET', path: `/hooks/${source}` }).catch((error) => {
      throw unreachable(url, error);
    });
    if (source === 'meraki' && answer.text !== validator)
      throw new ApertoError(
        'usage',
        `${url.host} answers another validator than APERTO_HOOK_MERAKI_VALIDATOR; give both sides the same`,
      );
    this.lastHeardAt = performance.now();
    this.isOpen = true;
  }

  get connected(): boolean {
    return this.isOpen;
  }

  get inFlight(): number {
    return this.waitingForAck;
  }

  get heardAt(): number {
    return this.lastHeardAt;
  }

  get hasRoom(): boolean {
    return this.inFlight < this.options.inFlightMax;
  }

  publish(topic: string, payload: string | Uint8Array): void {
    this.options.counts.published++;
    this.waitingForAck++;
    void this.deliver({ topic, payload });
  }

  changed(timeoutMs: number): Promise<void> {
    return this.waiting.changed(timeoutMs);
  }

  /** There is nothing that would notice: the next post makes a connection of its own. */
  cut(): void {
    this.waiting.wake();
  }

  async close(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.inFlight > 0 && performance.now() < deadline)
      await this.changed(deadline - performance.now());
    this.options.counts.failed += this.inFlight;
    this.over.abort();
    this.exchange.close();
  }

  private async deliver(post: Post): Promise<void> {
    for (let attempt = 0; !this.over.signal.aborted; attempt++) {
      const laterMs = await this.attempt(post, attempt);
      if (laterMs === undefined) return;
      await pause(laterMs, this.over.signal);
    }
  }

  /** Milliseconds until it is to be tried again; `undefined` where it is settled. */
  private async attempt({ topic, payload }: Post, attempt: number): Promise<number | undefined> {
    const { source, secret, random } = this.options;
    const ceilingMs = Math.min(backOffMs.max, backOffMs.first * 2 ** attempt);
    const backOff = Math.round(ceilingMs * random.between(0.5, 1));
    const answer = await this.exchange
      .ask({ method: 'POST', path: hookPath(topic), ...seal(source, secret, payload) })
      .catch((error) => (error instanceof Error ? undefined : Promise.reject(error)));
    if (answer === undefined) return backOff;
    if (laterStatus.has(answer.status)) return Math.max(backOff, answer.retryAfterMs);
    this.judge(answer);
    return undefined;
  }

  private judge({ status, text }: Answer): void {
    const { http, source, onRefusal } = this.options;
    const acked = status >= 200 && status < 300;
    this.settle(acked);
    if (!acked && !this.letIn && closedDoor.has(status))
      onRefusal(refusal(new URL(http), source, status, text));
    this.letIn ||= acked;
  }

  private settle(acked: boolean): void {
    if (this.over.signal.aborted) return;
    this.waitingForAck--;
    if (acked) this.options.counts.acked++;
    else this.options.counts.failed++;
    this.lastHeardAt = performance.now();
    this.waiting.wake();
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);

const unreachable = ({ host }: URL, why: unknown): ApertoError =>
  new ApertoError(
    'usage',
    `no HTTP server answers at ${host} (${codeOf(why)}); start one with "aperto up", or name another with --http`,
    { cause: why, retry: true },
  );

/** What a receiver says of itself is a problem document; of any other the status is enough. */
const refusal = ({ host }: URL, source: HookSource, status: number, text: string): ApertoError => {
  const [, detail] = /"detail":"((?:[^"\\]|\\.){1,300})"/.exec(text) ?? [];
  return new ApertoError(
    'usage',
    `the hook ${source} at ${host} answers ${status}${detail === undefined ? '' : `: ${detail.replaceAll('\\"', '"')}`}`,
  );
};
