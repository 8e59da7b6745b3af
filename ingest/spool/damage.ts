import { ApertoError } from '../../model/errors.ts';

const reason = 'damaged';

/** A spool's file that SQLite cannot use, or not all of it. */
export const damaged = (path: string, cause?: unknown): ApertoError =>
  new ApertoError('spool_failed', `${path}: damaged; a restart carries over what is readable`, {
    cause,
    reason,
  });

/** True for such an error, also after its way out of the thread. */
export const isDamage = (error: unknown): boolean => error instanceof ApertoError && error.reason === reason;
