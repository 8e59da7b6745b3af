import type { Client, Subscription } from 'aedes';
import { limits } from '../model/limits.ts';

/** MQTT's "granted QoS 0" for what is refused, so that the broker does not queue for it all the same. */
const notQueued = 0;

/**
 * Who may subscribe to what. The broker is a live feed; the spool is the authority. So a session that outlives its
 * connection gets QoS 0 alone: the broker would queue anything more in memory, without end, while it is away.
 */
export class Subscriptions {
  /** Topic filters of each client that is connected. */
  readonly #filters = new WeakMap<Client, Set<string>>();

  /** False for a subscription to refuse: 0x80 in the SUBACK [MQTT-3.9.3]. */
  admit(client: Client, subscription: Subscription): boolean {
    const filters = this.#filters.get(client) ?? new Set<string>();
    this.#filters.set(client, filters);
    const full = filters.size >= limits.subscriptionsPerClientMax && !filters.has(subscription.topic);
    if (full || (!client.clean && subscription.qos > 0)) {
      subscription.qos = notQueued;
      return false;
    }
    filters.add(subscription.topic);
    return true;
  }

  forget(client: Client, filters: readonly string[]): void {
    for (const filter of filters) this.#filters.get(client)?.delete(filter);
  }
}
