import type { Duplex } from 'node:stream';
import { Frames } from './frames.ts';
import type { Offence } from './offenders.ts';
import type { Holder, PartialPackets } from './partial-packets.ts';
import type { PublishTap } from './publish-tap.ts';
import { TokenBucket } from './token-bucket.ts';

/** What one client may send; a rate of 0 is none. */
export interface GateRules {
  readonly messagesPerSecondMax: number;
  readonly bytesPerSecondMax: number;
  /** Messages that wait for their fsync. */
  readonly inFlightMax: number;
  /** What a message that is no reading costs, in messages. */
  readonly badMessageCost: number;
  readonly connectBytesMax: number;
}

export interface GateParts {
  readonly rules: GateRules;
  readonly partial: PartialPackets;
  /** Takes messages out of what the broker is given. */
  readonly tap: PublishTap;
  /** Told when the connection is not read for a while. */
  readonly onHeld: (offence: Offence, heldMs: number) => void;
}

/** Rates are of so many seconds: who was quiet may send as much at once. */
const burstSeconds = 2;
/** Once a client is held, for at least so long: a timer for each message would cost more than it saves. */
const heldMsMin = 20;
/** Messages and bytes of one client in one turn: then it is the others' turn. */
const turnMessagesMax = 256;
const turnBytesMax = 64 * 1024;

/** What packets cost beside a PUBLISH, by type: SUBSCRIBE and UNSUBSCRIBE walk through what is retained. */
const costs: readonly number[] = [0, 1, 0, 1, 0, 0, 0, 0, 25, 0, 5, 0, 1, 0, 1, 1];

/**
 * Between a connection and the broker: the broker takes bytes by `read()` alone, and here it is decided how many there
 * are. What is not read stays in the socket, where TCP holds the sender back; no message is dropped for it.
 *
 * CONNECT comes alone, and nothing after it until it was answered. Then clients take turns, of so many messages each.
 */
export class Gate implements Holder {
  readonly #connection: Duplex;
  readonly #parts: GateParts;
  readonly #read: (size?: number) => Buffer | null;
  readonly #frames = new Frames(costs);
  readonly #messages: TokenBucket | undefined;
  readonly #bytes: TokenBucket | undefined;
  /** CONNECT is on its way, is being answered, was answered. */
  #state: 'first' | 'connecting' | 'open' = 'first';
  #inFlight = 0;
  #bad = 0;
  #held = false;
  #isWaiting = false;
  #isCalled = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Duplex, parts: GateParts) {
    this.#connection = connection;
    this.#parts = parts;
    const read = connection.read.bind(connection);
    this.#read = read;
    // Node itself reads 0 bytes to start a stream; aedes asks for all there is.
    connection.read = (size) => (size === 0 ? read(0) : this.#next());
    connection.once('close', () => this.#close());
    const { messagesPerSecondMax, bytesPerSecondMax } = parts.rules;
    const now = performance.now();
    this.#messages = bucketOf(messagesPerSecondMax, now);
    this.#bytes = bucketOf(bytesPerSecondMax, now);
  }

  /** CONNECT was answered: what follows may be read. */
  open(): void {
    this.#state = 'open';
    this.#call();
  }

  /** So many messages have their answer. */
  settle(messages = 1): void {
    this.#inFlight -= messages;
    if (!this.#isWaiting || this.#inFlight > this.#parts.rules.inFlightMax / 2) return;
    this.#isWaiting = false;
    this.#call();
  }

  /** A message was no reading. */
  charge(): void {
    const now = performance.now();
    this.#bad++;
    this.#messages?.take(this.#parts.rules.badMessageCost - 1, now);
    this.#isHeld(now);
  }

  end(reason: string): void {
    this.#connection.destroy(new Error(reason));
  }

  #next(): Buffer | null {
    if (this.#state === 'first') return this.#first();
    if (this.#state === 'connecting') return null;
    const { inFlightMax } = this.#parts.rules;
    this.#isWaiting = this.#inFlight > inFlightMax / 2;
    if (this.#isWaiting) return null;
    const now = performance.now();
    if (this.#isHeld(now)) return null;
    const taken = this.#take(turnBytesMax);
    if (taken === null) return null;
    const messagesMax = Math.min(turnMessagesMax, inFlightMax - this.#inFlight);
    const { bytes: length, completed, publishes, weight } = this.#frames.scan(taken, messagesMax);
    const bytes = length < taken.length ? this.#giveBack(taken, length) : taken;
    this.#inFlight += publishes;
    this.#messages?.take(weight, now);
    this.#bytes?.take(bytes.length, now);
    this.#track(completed, now);
    if (this.#connection.readableLength > 0) this.#call();
    return this.#parts.tap.take(bytes);
  }

  /** The first packet and not a byte more: what follows must not be seen before its client is known. */
  #first(): Buffer | null {
    const pieces: Buffer[] = [];
    while (this.#state === 'first') {
      const bytes = this.#take(Math.max(1, this.#frames.missing));
      if (bytes === null) break;
      pieces.push(bytes);
      this.#frames.scan(bytes);
      if (this.#frames.missing > this.#parts.rules.connectBytesMax) {
        this.end('CONNECT is too large');
        return null;
      }
      if (!this.#frames.isOpen) this.#state = 'connecting';
    }
    this.#track(0, performance.now());
    return pieces.length === 0 ? null : Buffer.concat(pieces);
  }

  #take(most: number): Buffer | null {
    const length = this.#connection.readableLength;
    // Asked for more than there is, a stream gives nothing; asked for nothing in particular, it asks its source.
    return length > most ? this.#read(most) : this.#read();
  }

  #giveBack(taken: Buffer, length: number): Buffer {
    this.#connection.unshift(taken.subarray(length));
    return taken.subarray(0, length);
  }

  #isHeld(now: number): boolean {
    if (this.#held) return true;
    const messagesMs = this.#messages?.waitMs(now) ?? 0;
    const bytesMs = this.#bytes?.waitMs(now) ?? 0;
    if (messagesMs === 0 && bytesMs === 0) return false;
    const heldMs = Math.max(heldMsMin, messagesMs, bytesMs);
    this.#held = true;
    this.#timer = setTimeout(() => {
      this.#held = false;
      this.#call();
    }, heldMs);
    this.#parts.onHeld(this.#offence(messagesMs >= bytesMs), heldMs);
    return true;
  }

  #offence(isMessages: boolean): Offence {
    const isBad = this.#bad > 0;
    this.#bad = 0;
    if (!isMessages) return 'byte_rate';
    return isBad ? 'bad_payloads' : 'message_rate';
  }

  #track(completed: number, now: number): void {
    if (completed > 0) this.#parts.partial.complete(this);
    if (this.#frames.isOpen) this.#parts.partial.hold(this, this.#frames.held, now);
    else this.#parts.partial.complete(this);
  }

  /** Has the broker read again, after all others had their turn. */
  #call(): void {
    if (this.#isCalled) return;
    this.#isCalled = true;
    setImmediate(() => {
      this.#isCalled = false;
      if (!this.#connection.destroyed) this.#connection.emit('readable');
    });
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#parts.partial.complete(this);
  }
}

const bucketOf = (perSecond: number, now: number): TokenBucket | undefined =>
  perSecond === 0 ? undefined : new TokenBucket(perSecond, perSecond * burstSeconds, now);
