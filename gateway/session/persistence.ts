import { Readable } from 'node:stream';
import type { Outgoing } from './outbox.ts';
import type { Publication } from './packet.ts';
import type { Retained } from './retained.ts';
import type { Sessions, StoredSubscription } from './sessions.ts';

interface Named {
  readonly id: string;
}

interface Numbered {
  readonly messageId?: number;
  readonly brokerCounter?: number;
}

type Subscribers = ReadonlyMap<string, number>;

/** QoS of a subscription that was refused; whoever refuses one writes it there. */
export const refusedQos = 0x80;

const nobody: Subscribers = new Map();
/** aedes knows a new QoS 2 message by a rejection; one for all of them, because a stack costs more than a message. */
const unknown = new Error('no such packet');

/**
 * What aedes asks of a persistence (aedes-persistence 10.3), over retained messages and sessions that are bounded. All
 * of it is in memory: the spool is the authority, and the broker's sessions are a service to who listens.
 */
export class Persistence {
  readonly #retained: Retained;
  readonly #sessions: Sessions;

  constructor(retained: Retained, sessions: Sessions) {
    this.#retained = retained;
    this.#sessions = sessions;
  }

  /** aedes looks whether this function is asynchronous. */
  async setup(): Promise<void> {
    await Promise.resolve();
  }

  async storeRetained(packet: Publication): Promise<void> {
    this.#retained.store(packet);
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.#retained.find(filters));
  }

  async addSubscriptions({ id }: Named, subscriptions: readonly StoredSubscription[]): Promise<void> {
    for (const { topic, qos, rh, rap, nl, subscriptionIdentifier } of subscriptions) {
      if (qos >= refusedQos) continue;
      this.#sessions.subscribe(id, { topic, qos, rh, rap, nl, subscriptionIdentifier });
    }
  }

  async removeSubscriptions({ id }: Named, filters: readonly string[]): Promise<void> {
    for (const filter of filters) this.#sessions.unsubscribe(id, filter);
  }

  /** Asked when a client comes back to its session. */
  async subscriptionsByClient({ id }: Named): Promise<StoredSubscription[]> {
    this.#sessions.resume(id);
    return this.#sessions.subscriptions(id);
  }

  /** Asked when a client begins anew, and when its session is over [MQTT-3.1.2-6]. */
  async cleanSubscriptions({ id }: Named): Promise<void> {
    this.#sessions.drop(id);
  }

  /** What aedes hands on to `outgoingEnqueueCombi`, and filters as an array for its own topics. */
  async subscriptionsByTopic(topic: string): Promise<Subscribers | readonly []> {
    return topic.startsWith('$') ? [] : this.#sessions.subscribers(topic);
  }

  async outgoingEnqueueCombi(subscribers: Subscribers | readonly [], packet: Publication): Promise<void> {
    const found = subscribers instanceof Map ? subscribers : nobody;
    if (found.size > 0) this.#sessions.enqueue(packet, found);
  }

  async outgoingUpdate({ id }: Named, packet: Outgoing): Promise<void> {
    this.#sessions.update(id, packet);
  }

  async outgoingClearMessageId({ id }: Named, packet: Numbered): Promise<Outgoing | undefined> {
    return this.#sessions.clear(id, packet);
  }

  outgoingStream({ id }: Named): Readable {
    return Readable.from(this.#sessions.outgoing(id));
  }

  /** To know a QoS 2 message again its id is enough. */
  async incomingStorePacket({ id }: Named, { messageId = 0 }: Numbered): Promise<void> {
    this.#sessions.incoming(id).add(messageId);
  }

  async incomingGetPacket({ id }: Named, { messageId = 0 }: Numbered): Promise<Numbered> {
    if (!this.#sessions.hasCome(id, messageId)) throw unknown;
    return { messageId };
  }

  /** A PUBREL that was sent twice finds nothing to delete the second time, which is no error. */
  async incomingDelPacket({ id }: Named, { messageId = 0 }: Numbered): Promise<boolean> {
    return this.#sessions.release(id, messageId);
  }

  /** A will stands with its client; here it would be for another broker to find. */
  async putWill(): Promise<void> {
    await Promise.resolve();
  }

  async delWill(): Promise<undefined> {
    return undefined;
  }

  streamWill(): Readable {
    return Readable.from([]);
  }
}
