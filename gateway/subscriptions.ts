import type { Client, Subscription } from 'aedes';
import { limits } from '../model/limits.ts';
import { refusedQos } from './session/persistence.ts';
import type { Sessions } from './session/sessions.ts';

/** MQTT 5 has shared subscriptions, and this broker has none; 3.1.1 would take the words for a topic [MQTT5 §4.8.2]. */
const shared = '$share/';

export interface SubscriptionRules {
  readonly subscriptionsPerClientMax: number;
  readonly subscriptionsMax: number;
}

/** Bounds the subscriptions of each client, and those of all. */
export class Subscriptions {
  readonly #sessions: Sessions;
  readonly #rules: SubscriptionRules;
  /** Topic filters of each client that is connected. */
  readonly #filters = new WeakMap<Client, Set<string>>();
  #count = 0;

  constructor(sessions: Sessions, rules: SubscriptionRules) {
    this.#sessions = sessions;
    this.#rules = rules;
  }

  /** Of all clients that are connected. */
  get count(): number {
    return this.#count;
  }

  /**
   * False for a subscription to refuse: 0x80 in the SUBACK [MQTT-3.9.3].
   * @param granted whether the client has the right to hear it
   */
  admit(client: Client, subscription: Subscription, granted: boolean): boolean {
    const { topic } = subscription;
    const filters = this.#filters.get(client) ?? new Set<string>();
    this.#filters.set(client, filters);
    if (granted && filters.has(topic)) return true;
    if (!granted || this.#isFull(filters) || !isFilter(topic)) {
      this.#refuse(client, subscription);
      return false;
    }
    filters.add(topic);
    this.#count++;
    return true;
  }

  forget(client: Client, filters: readonly string[]): void {
    for (const filter of filters) if (this.#filters.get(client)?.delete(filter) === true) this.#count--;
  }

  /** The client's connection is over. */
  leave(client: Client): void {
    this.#count -= this.#filters.get(client)?.size ?? 0;
    this.#filters.delete(client);
  }

  #isFull(filters: ReadonlySet<string>): boolean {
    const { subscriptionsPerClientMax, subscriptionsMax } = this.#rules;
    return filters.size >= subscriptionsPerClientMax || this.#count >= subscriptionsMax;
  }

  /** aedes hands all filters of a packet to the session as soon as one of them is granted, this one too. */
  #refuse(client: Client, subscription: Subscription): void {
    Reflect.set(subscription, 'qos', refusedQos);
    this.#sessions.unsubscribe(client.id, subscription.topic);
  }
}

/** NUL and bytes that were no UTF-8 match nothing that this broker hands on [MQTT-1.5.3-1, MQTT-1.5.3-2]. */
const isFilter = (topic: string): boolean =>
  Buffer.byteLength(topic) <= limits.topicBytesMax && !topic.startsWith(shared) && !/[\0\ufffd]/.test(topic);
