/** What came in at a door, before anybody looked into it. */
export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** 0 is accepted best-effort and counted apart. Webhooks count as 1. */
  readonly qos: 0 | 1 | 2;
  /** Epoch milliseconds by our clock. */
  readonly receivedAt: number;
  /** Who sent it, for logs and to know a resend: MQTT client id, or `hook:{source}`. */
  readonly origin: string;
  /** MQTT packet id and DUP flag, where the door has them. */
  readonly messageId?: number;
  readonly resent?: boolean;
  /** A retained value that a broker handed out again: it is not news. */
  readonly retained?: boolean;
}

/**
 * What became of a message. Each of them is settled: the sender may be told that all is well. What could not
 * be settled rejects with ApertoError (`spool_full`, `spool_failed`, `closed`) and must not be acknowledged.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly points: number }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'quarantined'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** The way in: every door calls this and nothing else. */
export type Accept = (message: Message) => Promise<Outcome>;
