import type { MeasurementName } from '../../model/measurements.ts';
import type { Fields, Point, Tags } from '../../model/point.ts';

/**
 * One accepted message. `origin` (client and packet id) is there only where the points carry the receive time, so
 * that a resend can be told from news. Points that we made ourselves are no message of the books: `messages: 0`.
 */
export interface StoredMessage {
  readonly origin?: string | undefined;
  readonly messages?: 0 | undefined;
  readonly points: readonly Point[];
}

/**
 * Messages in the spool: one body, one SQLite row, CRC-32 beside it. JSON, UTF-8.
 *
 *   series     [["occupancy",{"site","zone","device",…}],…]        each once
 *   messages   [[[series, time, fields],…],…]                      the points of each message
 *   origins    {"3":"client 12"}                                   by message
 *   own        [5]                                                 messages that are none of the books
 */
interface Body {
  readonly series: [MeasurementName, Tags][];
  readonly messages: [series: number, time: number, fields: Fields][][];
  readonly origins: Record<string, string>;
  readonly own: number[];
}

export const encodeBody = (messages: readonly StoredMessage[]): string => {
  const body: Body = { series: [], messages: [], origins: {}, own: [] };
  // Points of one series share their tags, so the object stands for the series.
  const known = new Map<Tags, number>();
  for (const { origin, messages: counted, points } of messages) {
    if (origin !== undefined) body.origins[body.messages.length] = origin;
    if (counted === 0) body.own.push(body.messages.length);
    const encoded: Body['messages'][number] = [];
    for (const { measurement, tags, fields, time } of points) {
      let series = known.get(tags);
      if (series === undefined || body.series[series]?.[0] !== measurement) {
        series = body.series.push([measurement, tags]) - 1;
        known.set(tags, series);
      }
      encoded.push([series, time, fields]);
    }
    body.messages.push(encoded);
  }
  return JSON.stringify(body);
};

/** The messages of a body whose CRC was right: `encodeBody` wrote it, so its shape is trusted. */
export const decodeBody = (text: string): StoredMessage[] => {
  const body: Body | StoredMessage[] = JSON.parse(text);
  // A file of schema version 1 had the messages as they are.
  if (Array.isArray(body)) return body;
  const { series, messages, origins, own } = body;
  const ours = new Set(own);
  return messages.map((encoded, index) => {
    const points = encoded.map(([of, time, fields]) => {
      const [measurement, tags] = series[of] ?? fault(of);
      return { measurement, tags, fields, time };
    });
    const origin = origins[index];
    if (origin !== undefined) return { origin, points };
    return ours.has(index) ? { messages: 0, points } : { points };
  });
};

const fault = (series: number): never => {
  throw new Error(`a body of the spool names series ${series}, which it does not have`);
};
