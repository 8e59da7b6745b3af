import type { Point, Tags } from '../../model/point.ts';

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

export const toEntry = ({ origin, messages, points }: StoredMessage): SpoolEntry => {
  const head =
    origin === undefined && messages === undefined
      ? '{'
      : `${JSON.stringify({ origin, messages }).slice(0, -1)},`;
  return { origin, messages, points, text: `${head}"points":[${points.map(pointText).join(',')}]}` };
};

/** All of a point's text up to its fields: the same for every point of a series. */
const heads = new WeakMap<Tags, { readonly measurement: string; readonly text: string }>();

const pointText = ({ measurement, tags, fields, time }: Point): string => {
  let head = heads.get(tags);
  if (head?.measurement !== measurement) {
    head = { measurement, text: JSON.stringify({ measurement, tags }).slice(0, -1) };
    heads.set(tags, head);
  }
  return `${head.text},"fields":${JSON.stringify(fields)},"time":${time}}`;
};

/** Body of a batch from the texts of its entries. */
export const encodeBatch = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** The messages of a body whose CRC was right: `encodeBatch` wrote it, so its shape is trusted. */
export const decodeBatch = (body: string): StoredMessage[] => JSON.parse(body);
