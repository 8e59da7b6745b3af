/** The short list of what can go wrong. A code names the decision, the message names what, where and what to do. */
export type ErrorCode =
  | 'usage' // the person who called must change the call: exit 2, HTTP 400
  | 'not_found'
  | 'config' // a file or setting is wrong
  | 'address_in_use'
  | 'quarantined' // a message that cannot become a reading
  | 'spool_full'
  | 'spool_failed'
  | 'store_unavailable' // wait and try again
  | 'store_rejected' // the store will never take this
  | 'closed'
  | 'internal';

export interface ApertoErrorOptions {
  readonly cause?: unknown;
  /** True when the same call may succeed later. */
  readonly retry?: boolean;
  /** How long to wait before the next try, where the other side said so. */
  readonly retryAfterMs?: number;
  /** A finer, stable name under the code, e.g. a quarantine reason. */
  readonly reason?: string;
}

/** The one error type of the project: it carries the decision (`code`, `retry`, `retryAfterMs`), not only a text. */
export class ApertoError extends Error {
  readonly code: ErrorCode;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, message: string, options: ApertoErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApertoError';
    this.code = code;
    this.retry = options.retry ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.reason = options.reason;
  }
}

/** Text of anything thrown, for one-line messages. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
