import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import { isHookTopic } from '../model/topic.ts';
import type { Access } from './access.ts';
import { clientIdOf, unreachable } from './broker-address.ts';
import { Connection, type Counts } from './connection.ts';
import type { Delivery } from './delivery.ts';
import type { Dialect } from './dialect.ts';
import type { Faults } from './faults/faults.ts';
import type { Posts } from './hooks/posts.ts';
import { sourceOf } from './hooks/source.ts';
import type { Line } from './line.ts';
import { Greeter } from './messages.ts';
import type { Seed } from './random.ts';
import type { Sample } from './sample.ts';

export interface BackfillOptions {
  readonly broker: string;
  readonly site: Site;
  readonly samples: Iterable<Sample>;
  readonly dialect: Dialect;
  readonly faults: Faults;
  readonly seed: Seed;
  readonly counts: Counts;
  readonly posts: Posts;
  readonly access: Access;
  readonly signal: AbortSignal;
  /** Told the simulated time of each message once it was handed over. */
  readonly onTime: (time: number) => void;
  /** Told once, in a line for a person, when nothing has been acknowledged for some seconds. */
  readonly onStall?: ((line: string) => void) | undefined;
}

const laneCount = 4;
const inFlightMax = 256;
/** When who waits is told that nothing is acknowledged. */
const stallMs = 3_000;
/** A broker that says nothing for so long ends the run. */
const lostMs = 60_000;
const wakeMs = 500;
const closeTimeoutMs = 10_000;

/**
 * Publishes a span as fast as the broker acknowledges it, over a few connections. A device always uses the same
 * one, so its messages stay in order. What a vendor posts goes by its webhook.
 * @throws ApertoError `usage` when the broker or the receiver of posts cannot be reached at first or lets nobody in,
 *   `closed` when one of them is lost for a minute
 */
export const backfill = async (options: BackfillOptions): Promise<void> => {
  const lanes = new Lanes(options);
  const greeter = new Greeter(options.dialect);
  try {
    await lanes.open();
    for (const sample of options.samples) {
      if (options.signal.aborted) break;
      for (const message of greeter.messagesOf(options.site.id, options.faults.distort(sample))) {
        for (const delivery of options.faults.deliver(message)) await lanes.send(delivery);
      }
      options.onTime(sample.time);
    }
    for (const delivery of options.signal.aborted ? [] : options.faults.flush()) await lanes.send(delivery);
  } finally {
    await lanes.close();
  }
  options.posts.refused.throwIfAborted();
};

class Lanes {
  private readonly options: BackfillOptions;
  private readonly lanes: Connection[] = [];
  private readonly laneOf = new Map<string, Line>();
  private told = false;

  constructor(options: BackfillOptions) {
    this.options = options;
  }

  async open(): Promise<void> {
    const { broker, site, access, counts, posts, seed, signal } = this.options;
    await posts.open();
    for (let lane = 1; lane <= laneCount; lane++) {
      const clientId = clientIdOf(site.id, `backfill-${lane}`);
      const connection = new Connection({
        broker,
        clientId,
        login: access.of(clientId),
        inFlightMax,
        counts,
        random: seed.random('back-off', lane),
      });
      this.lanes.push(connection);
      const failure = lane === 1 ? await connection.firstOutcome(signal) : undefined;
      if (failure !== undefined) throw unreachable(broker, failure);
    }
  }

  async send({ device, topic, payload, cut }: Delivery): Promise<void> {
    const { posts, signal } = this.options;
    const lane = this.laneOf.get(device) ?? this.newLane(topic);
    if (lane === undefined) return;
    this.laneOf.set(device, lane);
    if (!lane.hasRoom || !lane.connected) await this.room(lane);
    posts.refused.throwIfAborted();
    if (signal.aborted) return;
    lane.publish(topic, payload);
    if (cut) lane.cut();
  }

  async close(): Promise<void> {
    const { posts } = this.options;
    await Promise.all([posts.close(closeTimeoutMs), ...this.lanes.map((lane) => lane.close(closeTimeoutMs))]);
  }

  private newLane(topic: string): Line | undefined {
    const { posts } = this.options;
    return isHookTopic(topic) ? posts.lineOf(sourceOf(topic)) : this.lanes[this.laneOf.size % laneCount];
  }

  /** Waits for the connection, and until half of the window is free, so that it fills in bursts. */
  private async room(lane: Line): Promise<void> {
    const { broker, onStall, posts, signal } = this.options;
    while (
      (!lane.connected || lane.inFlight > inFlightMax / 2) &&
      !signal.aborted &&
      !posts.refused.aborted
    ) {
      const silentMs = performance.now() - lane.heardAt;
      const what = `${posts.nameOf(lane) ?? `the broker at ${new URL(broker).host}`} has acknowledged nothing for`;
      if (silentMs > lostMs) {
        throw new ApertoError(
          'closed',
          `${what} ${lostMs / 1000} s; see whether it runs, then repeat the same span: a repeat changes nothing`,
          { retry: true },
        );
      }
      if (silentMs > stallMs && !this.told) {
        this.told = true;
        onStall?.(`${what} ${stallMs / 1000} s; waiting until it does, for ${lostMs / 1000} s at most`);
      }
      await lane.changed(wakeMs);
    }
  }
}
