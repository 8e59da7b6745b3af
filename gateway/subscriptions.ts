import type { Client, Subscription } from 'aedes';
import { limits } from '../model/limits.ts';
import { grantedToSessions } from './guard.ts';

/** Bounds the subscriptions of each client. */
export class Subscriptions {
  /** Topic filters of each client that is connected. */
  readonly #filters = new WeakMap<Client, Set<string>>();

  /**
   * False for a subscription to refuse: 0x80 in the SUBACK [MQTT-3.9.3].
   * @param granted whether the client has the right to hear it
   */
  admit(client: Client, subscription: Subscription, granted: boolean): boolean {
    const filters = this.#filters.get(client) ?? new Set<string>();
    this.#filters.set(client, filters);
    const full = filters.size >= limits.subscriptionsPerClientMax && !filters.has(subscription.topic);
    // One that came before its CONNECT was read asks for more than its session is granted.
    if (!granted || full || (!client.clean && subscription.qos > grantedToSessions)) {
      // aedes keeps what is refused too; with this it does not queue for it.
      subscription.qos = grantedToSessions;
      return false;
    }
    filters.add(subscription.topic);
    return true;
  }

  forget(client: Client, filters: readonly string[]): void {
    for (const filter of filters) this.#filters.get(client)?.delete(filter);
  }
}
