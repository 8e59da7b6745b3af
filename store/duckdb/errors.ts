import { ApertoError, messageOf } from '../../model/errors.ts';

/** What DuckDB says of a statement that is wrong in itself: the same call will fail again. */
const hopeless = /^(Binder|Parser|Catalog|Conversion|Constraint|Invalid Input|Out of Range|Mismatch Type)/;

const firstLine = (error: unknown): string => messageOf(error).split('\n')[0] ?? '';

/** A commit of which nobody can say whether it is in the file. */
export class CommitError extends Error {}

/**
 * Whether the file must be opened anew: after a fatal error DuckDB refuses every call, and after a commit that
 * failed only the file tells which series it holds.
 */
export const endsSession = (error: unknown): boolean =>
  error instanceof CommitError || /^FATAL|database has been invalidated/.test(firstLine(error));

/** A failed statement as the decision that the caller needs. */
export const statementError = (error: unknown, path: string): ApertoError => {
  if (error instanceof ApertoError) return error;
  const message = `DuckDB (${path}): ${firstLine(error)}`;
  return hopeless.test(firstLine(error))
    ? new ApertoError('store_rejected', message, { cause: error })
    : new ApertoError('store_unavailable', message, { cause: error, retry: true });
};

/** Why the file could not be opened, as one line that says what to do. */
export const openError = (error: unknown, path: string): ApertoError => {
  if (error instanceof ApertoError) return new ApertoError(error.code, `${path}: ${error.message}`);
  const text = firstLine(error);
  const holder = /Conflicting lock is held in (.*?)\. See/.exec(text)?.[1];
  if (holder !== undefined) {
    return new ApertoError(
      'store_unavailable',
      `${path}: open in another process, ${holder}; stop it or choose another file`,
      { cause: error, retry: true },
    );
  }
  if (/Cannot open file|Is a directory|Permission denied|Read-only/.test(text)) {
    return new ApertoError(
      'config',
      `${path}: cannot be written (${reasonIn(text)}); choose a file in a directory that exists and is writable`,
      { cause: error },
    );
  }
  if (/No space left|quota|Input\/output error|could not allocate|Out of Memory/i.test(text)) {
    return new ApertoError('store_unavailable', `${path}: cannot be opened now: ${text}`, {
      cause: error,
      retry: true,
    });
  }
  return new ApertoError(
    'config',
    `${path}: not a DuckDB database or damaged (${text}); restore it from a backup or move it away`,
    { cause: error },
  );
};

const reasonIn = (text: string): string => /: ([^:]*)$/.exec(text)?.[1] ?? text;
