import { EventEmitter } from 'node:events';
import type { Aedes, Client } from 'aedes';
import type { Packet } from 'mqtt-packet';

/**
 * aedes keeps clients and subscriptions in plain objects under names that clients choose, so that one who calls
 * itself "constructor" would be taken for a function and end the process. Without a prototype they have no names
 * but their own. All of this is private to aedes, whose version is pinned; tests hold it.
 */
const ownNamesOnly = (holder: object, ...properties: readonly string[]): void => {
  for (const property of properties) {
    const names: unknown = Reflect.get(holder, property);
    if (typeof names === 'object' && names !== null) Object.setPrototypeOf(names, null);
  }
};

export const guardBroker = (aedes: Aedes): void => ownNamesOnly(aedes, 'clients');

export const guardClient = (client: Client): void => {
  ownNamesOnly(client, 'subscriptions', 'duplicates');
  const parser: unknown = Reflect.get(client, '_parser');
  if (parser instanceof EventEmitter) parser.prependListener('packet', withoutPrototype);
};

/**
 * aedes sorts the filters of a SUBSCRIBE in an object that nobody else reaches, where "__proto__" would replace the
 * prototype. An empty filter it refuses by itself and closes the connection [MQTT-4.7.3-1].
 */
const withoutPrototype = (packet: Packet): void => {
  if (packet.cmd !== 'subscribe') return;
  for (const subscription of packet.subscriptions) {
    if (subscription.topic === '__proto__') subscription.topic = '';
  }
};
