import type { Point } from '../../model/point.ts';

/**
 * One accepted message in the spool.
 *
 *   batch body   [ entry , entry , … ]            JSON, UTF-8, one SQLite row, CRC-32 beside it
 *   entry        {"origin":"client 12","points":[{"measurement","tags","fields","time"}, …]}
 *
 * `origin` (client and packet id) is there only where the points carry the receive time, so that a resend can be
 * told from news. Points that we made ourselves are no message of the books: `"messages":0`.
 */
export interface StoredMessage {
  readonly origin?: string | undefined;
  readonly messages?: 0 | undefined;
  readonly points: readonly Point[];
}

/** A message on its way into the spool: with its encoded form, which is also what a repeat is known by. */
export interface SpoolEntry extends StoredMessage {
  readonly text: string;
}

export const toEntry = ({ origin, messages, points }: StoredMessage): SpoolEntry => ({
  origin,
  messages,
  points,
  text: JSON.stringify({ origin, messages, points }),
});

/** Body of a batch from the texts of its entries. */
export const encodeBatch = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** The messages of a body whose CRC was right: `encodeBatch` wrote it, so its shape is trusted. */
export const decodeBatch = (body: string): StoredMessage[] => JSON.parse(body);
