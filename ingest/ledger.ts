/**
 * The books, in messages. They always add up:
 * received = stored + duplicate + spooled + Σ quarantined + Σ refused.
 */
export interface LedgerView {
  readonly received: number;
  /** All points of the message are in the store. */
  readonly stored: number;
  /** Accepted before, word for word. */
  readonly duplicate: number;
  /** On their way: waiting for their fsync, or durable and waiting for the store. */
  readonly spooled: number;
  readonly quarantined: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
}
