import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import { clientIdOf, unreachable } from './broker-address.ts';
import { Connection, type Counts } from './connection.ts';
import type { Delivery } from './delivery.ts';
import type { Dialect } from './dialect.ts';
import type { Faults } from './faults/faults.ts';
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
  readonly password?: string | undefined;
  readonly signal: AbortSignal;
  /** Told the simulated time of each message once it was handed over. */
  readonly onTime: (time: number) => void;
}

const laneCount = 4;
const inFlightMax = 256;
/** A broker that says nothing for so long ends the run. */
const lostMs = 60_000;
const wakeMs = 500;
const closeTimeoutMs = 10_000;

/**
 * Publishes a span as fast as the broker acknowledges it, over a few connections. A device always uses the same
 * one, so its messages stay in order.
 * @throws ApertoError `usage` when the broker cannot be reached at first, `closed` when it is lost for a minute
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
};

class Lanes {
  private readonly options: BackfillOptions;
  private readonly lanes: Connection[] = [];
  private readonly laneOf = new Map<string, Connection>();

  constructor(options: BackfillOptions) {
    this.options = options;
  }

  async open(): Promise<void> {
    const { broker, site, password, counts, seed, signal } = this.options;
    for (let lane = 1; lane <= laneCount; lane++) {
      const connection = new Connection({
        broker,
        clientId: clientIdOf(site.id, `backfill-${lane}`),
        password,
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
    const lane = this.laneOf.get(device) ?? this.lanes[this.laneOf.size % laneCount];
    if (lane === undefined) return;
    this.laneOf.set(device, lane);
    if (!lane.hasRoom || !lane.connected) await this.room(lane);
    if (this.options.signal.aborted) return;
    lane.publish(topic, payload);
    if (cut) lane.cut();
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close(closeTimeoutMs)));
  }

  /** Waits for the connection, and until half of the window is free, so that it fills in bursts. */
  private async room(lane: Connection): Promise<void> {
    while ((!lane.connected || lane.inFlight > inFlightMax / 2) && !this.options.signal.aborted) {
      if (performance.now() - lane.heardAt > lostMs) {
        throw new ApertoError(
          'closed',
          `the broker at ${new URL(this.options.broker).host} has acknowledged nothing for ${lostMs / 1000} s; see whether it runs, then repeat the same span: a repeat changes nothing`,
          { retry: true },
        );
      }
      await lane.changed(wakeMs);
    }
  }
}
