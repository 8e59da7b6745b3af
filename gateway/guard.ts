import { EventEmitter } from 'node:events';
import type { Aedes, Client } from 'aedes';
import type { ISubscription, Packet } from 'mqtt-packet';
import { limits } from '../model/limits.ts';

/*
 * Ways in which a client could end the process of aedes 2.0.0-beta.1, closed here and nowhere else; what it may fill
 * is bounded by the doorkeeper. What they touch is private to aedes, whose version is pinned; hostile.test.ts and fuzz.test.ts hold them.
 */

/**
 * aedes keeps clients and subscriptions in plain objects under names that clients choose, so that one who calls
 * itself "constructor" would be taken for a function. Without a prototype they have no names but their own.
 */
const ownNamesOnly = (holder: object, ...properties: readonly string[]): void => {
  for (const property of properties) {
    const names: unknown = Reflect.get(holder, property);
    if (typeof names === 'object' && names !== null) Object.setPrototypeOf(names, null);
  }
};

export const guardBroker = (aedes: Aedes): void => {
  ownNamesOnly(aedes, 'clients');
};

export const guardClient = (client: Client): void => {
  ownNamesOnly(client, 'subscriptions', 'duplicates');
  const parser: unknown = Reflect.get(client, '_parser');
  if (!(parser instanceof EventEmitter)) return;
  parser.prependListener('packet', (packet: Packet) => {
    if (packet.cmd === 'unsubscribe') noteDeepFilters(client, packet.unsubscriptions);
    if (packet.cmd !== 'subscribe') return;
    noteDeepFilters(
      client,
      packet.subscriptions.map(({ topic }) => topic),
    );
    for (const subscription of packet.subscriptions) withoutPrototype(subscription);
  });
};

const sentDeepFilter = new WeakSet<Client>();

/** aedes refuses a filter of too many levels with the words that it has for the topic of a message. */
const noteDeepFilters = (client: Client, filters: readonly string[]): void => {
  if (filters.some((filter) => filter.split('/').length > limits.topicLevelsMax)) sentDeepFilter.add(client);
};

/** Whether the client asked for a topic filter of too many levels, which is no message that was lost. */
export const askedForTooManyLevels = (client: Client): boolean => sentDeepFilter.has(client);

/**
 * aedes sorts the filters of a SUBSCRIBE in an object that nobody else reaches, where "__proto__" would replace the
 * prototype. An empty filter it refuses by itself and closes the connection [MQTT-4.7.3-1].
 */
const withoutPrototype = (subscription: ISubscription): void => {
  if (subscription.topic === '__proto__') subscription.topic = '';
};
