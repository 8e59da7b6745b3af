import { unknown } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, toNumber } from '../../measure.ts';
import { clientsName, clientsRuleOf } from './clients-rule.ts';

const topicPattern = new RegExp(`^(?<device>.+?)/(?<name>${clientsName})$`, 'i');

/** A count of Wi-Fi clients that a script publishes as a number, on a topic that says so. */
export const wifiScalar: Definition = {
  name: 'wifi/clients',
  title: 'Access point: number of Wi-Fi clients',
  source: 'no specification: the topic says what the number is',
  topics: ['{topic...}'],
  format: 'text',
  recognises: (payload) => toNumber(payload) !== undefined,
  read: ({ topic, payload }) => {
    const { device, name = '' } = topicPattern.exec(topic)?.groups ?? {};
    if (device === undefined) return unknown;
    return new Gatherer().take({ device }, clientsRuleOf(name), payload).decoded();
  },
};
