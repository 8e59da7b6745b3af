import { decodeNative } from '../../ingest/decode/native/native.ts';
import { Inventory } from '../../ingest/inventory.ts';
import { normalise } from '../../ingest/normalise/normalise.ts';
import { Presence } from '../../ingest/presence.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import { messages } from '../../simulators/messages.ts';
import { defaultCadenceS } from '../../simulators/schedule.ts';

/** A span, [from, to), epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a gateway would have stored over a span of a simulated site, in order of time.
 * @param everyS how often what reports in short is heard, and the gateway tells of everybody
 */
export function* simulatedPoints(site: Site, { from, to }: Span, everyS = 60): Generator<Point> {
  const inventory = new Inventory(new Map([[site.id, site]]));
  const presence = new Presence();
  let minute = from + everyS * 1_000;
  // Once a minute is enough for boards, and spares a test half of its time.
  const often = { 'access-point': everyS, probe: everyS, meter: everyS, seat: everyS };
  const cadenceS = { ...defaultCadenceS, ...often };
  for (const { time, topic, payload } of messages({ site, from, to, cadenceS })) {
    for (; minute <= time; minute += everyS * 1_000) yield* presence.report(minute);
    const decoded = decodeNative(topic, Buffer.from(String(payload)));
    if (decoded.kind !== 'readings') throw new Error(`${topic}: ${decoded.kind}: ${payload}`);
    const { placements, unplaced } = normalise(topic, decoded.readings, time, inventory);
    if (unplaced.length > 0) throw new Error(`${topic}: ${unplaced[0]?.why.detail}`);
    for (const placement of placements) {
      presence.note(placement, time);
      yield* placement.points;
    }
  }
}
