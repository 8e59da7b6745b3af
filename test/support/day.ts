import { decodeNative } from '../../ingest/decode/native/native.ts';
import { Inventory } from '../../ingest/inventory.ts';
import { normalise } from '../../ingest/normalise/normalise.ts';
import { Presence } from '../../ingest/presence.ts';
import { limits } from '../../model/limits.ts';
import type { Point } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import { messages } from '../../simulators/messages.ts';
import { defaultCadenceS } from '../../simulators/schedule.ts';
import type { Store } from '../../store/store.ts';

/** A span, [from, to), epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const minuteMs = 60_000;

/** What a gateway would have stored over a span of a simulated site, in order of time. */
export function* simulatedPoints(site: Site, { from, to }: Span): Generator<Point> {
  const inventory = new Inventory(new Map([[site.id, site]]));
  const presence = new Presence();
  let minute = from + minuteMs;
  // Once a minute is enough for boards, and spares a test half of its time.
  const cadenceS = { ...defaultCadenceS, 'access-point': 60, probe: 60, meter: 60 };
  for (const { time, topic, payload } of messages({ site, from, to, cadenceS })) {
    for (; minute <= time; minute += minuteMs) yield* presence.report(minute);
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

/** Writes points as the drain does, batch by batch; returns how many the store took. */
export const fill = async (store: Store, points: readonly Point[]): Promise<number> => {
  let stored = 0;
  for (let start = 0; start < points.length; start += limits.storeBatchPointsMax) {
    stored += (await store.write(points.slice(start, start + limits.storeBatchPointsMax))).stored;
  }
  return stored;
};
