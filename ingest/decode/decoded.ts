import type { Reading } from '../../model/point.ts';

/** Why a message is set aside. Stable names: they are keys of the ledger and labels of metrics. */
export type QuarantineReason =
  | 'empty_payload'
  | 'too_large'
  | 'invalid_utf8'
  | 'not_json'
  | 'not_understood'
  | 'wrong_type'
  | 'missing_field'
  | 'unknown_field'
  | 'out_of_limits'
  | 'no_reading'
  | 'bad_time'
  | 'unknown_site'
  | 'unknown_device'
  | 'unknown_alias'
  | 'wrong_kind'
  | 'too_many_series'
  | 'simulated'
  | 'decoder_failed'
  | 'store_rejected'
  | 'spool_corrupt';

/** A Sparkplug edge node that has to announce itself again before its data can be read. */
export interface Rebirth {
  readonly group: string;
  readonly node: string;
}

/** A message that cannot become a reading: the reason for the books, the detail for a person. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: QuarantineReason;
  /** One line: what, where, what to do. Carries no payload text. */
  readonly detail: string;
  /** The node to ask for its birth; the one who publishes asks, decode only knows that it is needed. */
  readonly rebirth?: Rebirth;
}

/** Why a message that is understood is not wanted here. Stable names: keys of the ledger and labels of metrics. */
export type RefusalReason = 'personal_data';

/** A message that is understood and not wanted: counted by its reason, and neither kept nor shown. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  /** One line: what, and why. Carries no text of topic or payload. */
  readonly detail: string;
}

/** Readings, and what of the message was left out because it cannot be believed. */
export interface DecodedReadings {
  readonly kind: 'readings';
  readonly readings: readonly Reading[];
  readonly doubts?: readonly Rejected[];
  readonly rebirth?: Rebirth;
}

/**
 * What decode makes of a message. `nothing` is understood and carries no figure (a join, a configuration);
 * `unknown` means that no definition knows the topic.
 */
export type Decoded =
  | DecodedReadings
  | { readonly kind: 'nothing'; readonly rebirth?: Rebirth }
  | { readonly kind: 'unknown' }
  | Refused
  | Rejected;

export const nothing = { kind: 'nothing' } as const satisfies Decoded;
export const unknown = { kind: 'unknown' } as const satisfies Decoded;
export const rejected = (reason: QuarantineReason, detail: string): Rejected => ({
  kind: 'rejected',
  reason,
  detail,
});
export const refused = (reason: RefusalReason, detail: string): Refused => ({
  kind: 'refused',
  reason,
  detail,
});
