import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApertoError } from '../../model/errors.ts';
import { lastInstantMs } from './instant.ts';

/** Where the next page begins, and where the whole answer ends: defaults are settled by the first page. */
export interface Page {
  readonly from: number;
  readonly to: number;
}

const instant = z.int().min(0).max(lastInstantMs);
const cursorSchema = z
  .tuple([z.literal(1), z.string(), instant, instant])
  .refine(([, , from, to]) => from < to);

/** A short name for a query, so that a cursor is not taken for another one's. Key order counts. */
export const fingerprint = (query: unknown): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);

/** Opaque to clients: base64url of [version, fingerprint, from, to]. */
export const encodeCursor = (query: string, { from, to }: Page): string =>
  Buffer.from(JSON.stringify([1, query, from, to])).toString('base64url');

/** @throws ApertoError `usage` when it is no cursor of ours, or one of another query */
export const decodeCursor = (query: string, cursor: string): Page => {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) {
    throw new ApertoError('usage', 'cursor: not one of ours; take "next" of the page before, unchanged');
  }
  const [, owner, from, to] = parsed.data;
  if (owner !== query) {
    throw new ApertoError(
      'usage',
      'cursor: belongs to another query; keep all parameters but limit as they were, or leave the cursor out',
    );
  }
  return { from, to };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
