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
 *   series   [["occupancy",{"site","zone","device",…}],…]     each once
 *   shapes   [["occupied"],["occupied","people"],…]           names of a point's fields, each set once
 *   since    1795600000000                                    times count from here
 *   points   [series, time, shape, value, value, …]           one point after the other: a flat list is written and
 *                                                             read in half the time of objects
 *   counts   [1,2,…]                                          points of each message
 *   origins  {"3":"client 12"}                                by message
 *   own      [5]                                              messages that are none of the books
 */
interface Body {
  readonly series: [MeasurementName, Tags][];
  readonly shapes: string[][];
  readonly since: number;
  readonly points: number[];
  readonly counts: number[];
  readonly origins: Record<string, string>;
  readonly own: number[];
}

export const encodeBody = (messages: readonly StoredMessage[]): string => {
  const since = messages.find(({ points }) => points.length > 0)?.points[0]?.time ?? 0;
  const body: Body = { series: [], shapes: [], since, points: [], counts: [], origins: {}, own: [] };
  // Points of one series share their tags, so the object stands for the series.
  const known = new Map<Tags, number>();
  const shapes = new Map<string, number>();
  for (const { origin, messages: counted, points } of messages) {
    if (origin !== undefined) body.origins[body.counts.length] = origin;
    if (counted === 0) body.own.push(body.counts.length);
    body.counts.push(points.length);
    for (const { measurement, tags, fields, time } of points) {
      let series = known.get(tags);
      if (series === undefined || body.series[series]?.[0] !== measurement) {
        series = body.series.push([measurement, tags]) - 1;
        known.set(tags, series);
      }
      body.points.push(series, time - since, shapeOf(fields, shapes, body.shapes));
      for (const name in fields) body.points.push(fields[name] ?? 0);
    }
  }
  return JSON.stringify(body);
};

const shapeOf = (fields: Fields, known: Map<string, number>, shapes: string[][]): number => {
  let key = '';
  for (const name in fields) key += `${name}\n`;
  let shape = known.get(key);
  if (shape === undefined) {
    shape = shapes.push(Object.keys(fields)) - 1;
    known.set(key, shape);
  }
  return shape;
};

/** The messages of a body whose CRC was right: `encodeBody` wrote it, so its shape is trusted. */
export const decodeBody = (text: string): StoredMessage[] => {
  const body: Body | StoredMessage[] = JSON.parse(text);
  // A file of schema version 1 had the messages as they are.
  if (Array.isArray(body)) return body;
  const reader = new PointReader(body);
  const messages = body.counts.map((count): StoredMessage => {
    const points: Point[] = [];
    for (let left = count; left > 0; left--) points.push(reader.next());
    return { points };
  });
  for (const [index, origin] of Object.entries(body.origins)) {
    const place = Number(index);
    messages[place] = { origin, points: messages[place]?.points ?? [] };
  }
  for (const index of body.own) messages[index] = { messages: 0, points: messages[index]?.points ?? [] };
  return messages;
};

class PointReader {
  readonly #body: Body;
  #at = 0;

  constructor(body: Body) {
    this.#body = body;
  }

  next(): Point {
    const { series, shapes, since, points } = this.#body;
    const [measurement, tags] = series[points[this.#at] ?? -1] ?? fault('series');
    const time = since + (points[this.#at + 1] ?? fault('time'));
    const names = shapes[points[this.#at + 2] ?? -1] ?? fault('shape');
    this.#at += 3;
    const fields: Record<string, number> = {};
    for (const name of names) fields[name] = points[this.#at++] ?? fault('value');
    return { measurement, tags, fields, time };
  }
}

const fault = (what: string): never => {
  throw new Error(`a body of the spool has a point without its ${what}`);
};
