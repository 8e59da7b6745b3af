import type { Clock } from '../model/clock.ts';
import type { QuietLog } from './quiet-log.ts';

/** What a client can do that holds others up, and what is done about it. */
const offences = {
  message_rate: 'sends more messages than one client may; its connection is read more slowly',
  byte_rate: 'sends more bytes than one client may; its connection is read more slowly',
  bad_payloads:
    'sends payloads that are no readings, one after the other; its connection is read more slowly',
  slow_reader: 'does not read what it subscribed to; what it cannot take is left out',
  session_queue: 'was away for too long; what its session cannot hold is left out',
  reconnects: 'connects again and again, or two clients have one id; its connections have to wait',
} as const;

export type Offence = keyof typeof offences;

/** A client that was limited. */
export interface Limited {
  readonly client: string;
  readonly offence: Offence;
  /** How often since the start, and for how long it was held up in all. */
  readonly times: number;
  readonly heldMs: number;
  /** Epoch milliseconds. */
  readonly latest: number;
}

/** Names that are kept; the one that was limited longest ago goes first. */
const namesMax = 100;

/** Names who is limited: one line a minute in the log, and figures for whoever asks. */
export class Offenders {
  readonly #log: QuietLog;
  readonly #clock: Clock;
  /** The one that was limited latest last. */
  readonly #limited = new Map<string, Limited>();

  constructor(log: QuietLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  note(client: string, offence: Offence, heldMs = 0): void {
    const key = `${offence}\n${client}`;
    const before = this.#limited.get(key);
    this.#limited.delete(key);
    this.#limited.set(key, {
      client,
      offence,
      times: (before?.times ?? 0) + 1,
      heldMs: (before?.heldMs ?? 0) + heldMs,
      latest: this.#clock.now(),
    });
    if (this.#limited.size > namesMax) this.#forgetOldest();
    this.#log.warn({ client }, `MQTT client ${offences[offence]}`);
  }

  /** Latest first. */
  list(): readonly Limited[] {
    return [...this.#limited.values()].reverse();
  }

  #forgetOldest(): void {
    for (const key of this.#limited.keys()) {
      this.#limited.delete(key);
      return;
    }
  }
}
