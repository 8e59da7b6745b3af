import { Outbox, type OutboxBudget, type OutboxLimits, type Outgoing } from './outbox.ts';
import { compact, type Publication, sizeOf } from './packet.ts';
import { PacketIds } from './packet-ids.ts';
import { TopicTree } from './topic-tree.ts';

/** A subscription as it is restored when its client comes back. */
export interface StoredSubscription {
  readonly topic: string;
  readonly qos: number;
  readonly rh?: number | undefined;
  readonly rap?: boolean | undefined;
  readonly nl?: boolean | undefined;
  readonly subscriptionIdentifier?: number | undefined;
}

interface Session {
  readonly subscriptions: Map<string, StoredSubscription>;
  /** There once something waits in it. */
  outbox: Outbox | undefined;
  /** QoS 2 messages that came and wait for their PUBREL. */
  incoming: PacketIds | undefined;
}

export interface SessionLimits extends OutboxLimits {
  /** Sessions of clients that are away, and topic filters of all that outlive their connection. */
  readonly awayMax: number;
  readonly filtersMax: number;
  readonly awayMs: number;
}

/** What outlives a connection, all of it bounded: of those that are away, the one that went first goes first. */
export class Sessions {
  readonly #limits: SessionLimits;
  readonly #onLeftOut: (client: string) => void;
  readonly #sessions = new Map<string, Session>();
  readonly #tree = new TopicTree<number>();
  /** When each went, in that order. */
  readonly #away = new Map<string, number>();
  readonly #budget: OutboxBudget = { bytes: 0 };
  #filters = 0;

  /** @param onLeftOut told of each message for which a session had no room */
  constructor(limits: SessionLimits, onLeftOut: (client: string) => void) {
    this.#limits = limits;
    this.#onLeftOut = onLeftOut;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Whether anybody, away or not, has a subscription that outlives its connection. */
  get hasFilters(): boolean {
    return this.#filters > 0;
  }

  has(client: string): boolean {
    return this.#sessions.has(client);
  }

  get queuedBytes(): number {
    return this.#budget.bytes;
  }

  subscribe(client: string, subscription: StoredSubscription): void {
    const { subscriptions } = this.#of(client);
    const { topic, qos } = subscription;
    if (!subscriptions.has(topic)) this.#filters++;
    subscriptions.set(topic, subscription);
    // QoS 0 is not kept for who is away [MQTT-3.1.2-5].
    if (qos > 0) this.#tree.set(topic, client, qos);
    else this.#tree.delete(topic, client);
    this.#evict(Number.POSITIVE_INFINITY);
  }

  unsubscribe(client: string, topic: string): void {
    if (this.#sessions.get(client)?.subscriptions.delete(topic) !== true) return;
    this.#filters--;
    this.#tree.delete(topic, client);
  }

  subscriptions(client: string): StoredSubscription[] {
    return [...(this.#sessions.get(client)?.subscriptions.values() ?? [])];
  }

  /** Who has a subscription with QoS 1 or 2 to a topic, with the highest QoS of it. */
  subscribers(topic: string): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [client, qos] of this.#tree.match(topic)) {
      found.set(client, Math.max(qos, found.get(client) ?? 0));
    }
    return found;
  }

  /** Keeps a message until it is acknowledged; QoS is the lower one of message and subscription [MQTT-3.8.4-6]. */
  enqueue(packet: Publication, subscribers: ReadonlyMap<string, number>): void {
    const own = compact(packet);
    const bytes = sizeOf(own);
    for (const [client, qos] of subscribers) {
      // Where there is no room for anybody, not everybody is looked at: it would cost more than the message.
      const isFull = this.#budget.bytes + bytes > this.#limits.totalBytesMax;
      if (isFull || !this.#push(client, own, qos)) this.#onLeftOut(client);
      if (isFull) return;
    }
  }

  update(client: string, packet: Outgoing): void {
    this.#sessions.get(client)?.outbox?.update(packet);
  }

  clear(
    client: string,
    packet: { readonly messageId?: number; readonly brokerCounter?: number },
  ): Outgoing | undefined {
    return this.#sessions.get(client)?.outbox?.clear(packet);
  }

  outgoing(client: string): Outgoing[] {
    return this.#sessions.get(client)?.outbox?.list() ?? [];
  }

  /** Packet ids of QoS 2 messages that came and were not released. */
  incoming(client: string): PacketIds {
    const session = this.#of(client);
    session.incoming ??= new PacketIds();
    return session.incoming;
  }

  /** Takes a packet id away; false where it was released before. */
  release(client: string, messageId: number): boolean {
    const session = this.#sessions.get(client);
    const wasThere = session?.incoming?.delete(messageId) === true;
    if (session?.incoming?.size === 0) session.incoming = undefined;
    return wasThere;
  }

  hasCome(client: string, messageId: number): boolean {
    return this.#sessions.get(client)?.incoming?.has(messageId) === true;
  }

  /** The client is back. */
  resume(client: string): void {
    this.#away.delete(client);
  }

  /** The client's connection is over. */
  leave(client: string, isClean: boolean, now: number): void {
    if (isClean) this.drop(client);
    else if (this.#sessions.has(client)) this.#away.set(client, now);
    this.#evict(now);
  }

  drop(client: string): void {
    const session = this.#sessions.get(client);
    if (session === undefined) return;
    for (const topic of session.subscriptions.keys()) this.#tree.delete(topic, client);
    this.#filters -= session.subscriptions.size;
    session.outbox?.empty();
    this.#sessions.delete(client);
    this.#away.delete(client);
  }

  #push(client: string, packet: Publication, qos: number): boolean {
    const session = this.#sessions.get(client);
    if (session === undefined) return true;
    session.outbox ??= new Outbox(this.#limits, this.#budget);
    return session.outbox.push({ ...packet, qos: Math.min(qos, packet.qos) === 1 ? 1 : 2 });
  }

  #of(client: string): Session {
    const session = this.#sessions.get(client) ?? {
      subscriptions: new Map<string, StoredSubscription>(),
      outbox: undefined,
      incoming: undefined,
    };
    this.#sessions.set(client, session);
    return session;
  }

  #evict(now: number): void {
    const { awayMax, filtersMax, awayMs } = this.#limits;
    for (const [client, since] of this.#away) {
      const isOver = Number.isFinite(now) && now - since >= awayMs;
      if (!isOver && this.#away.size <= awayMax && this.#filters <= filtersMax) return;
      this.drop(client);
    }
  }
}
