/** A message that could not become a reading, kept to be looked at and replayed. */
export interface QuarantinedMessage {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly topic: string;
  /** Stable name, e.g. `not_json`, `out_of_limits`, `unknown_device`. */
  readonly reason: string;
  /** One line for a person: what, where, what to do. */
  readonly detail: string;
  /** The payload as text, client identities blacked out, cut at a limit. */
  readonly payload: string;
  /** A name for who sent it, by which the room is shared: the topic where absent. It is not listed. */
  readonly sender?: string;
}

export interface QuarantineQuery {
  readonly limit: number;
  /** Only messages with an id below this: the next page goes back in time. */
  readonly before?: number;
}
