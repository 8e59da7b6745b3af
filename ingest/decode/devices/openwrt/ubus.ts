import type { Decoded } from '../../decoded.ts';
import type { Definition, Incoming } from '../../definition.ts';
import { Gatherer, isRecord, valueAt } from '../../measure.ts';
import { rule } from '../../rule.ts';
import { bandOfFrequency } from '../wifi/band.ts';
import { addClient, type ClientSum, noClients } from '../wifi/tally.ts';
import { gatherStations, rememberBand } from './radio.ts';
import { readUbusTopic } from './ubus-topic.ts';

const source = 'OpenWrt: package/network/services/hostapd, ubus methods get_clients and get_status';

/** Linux gives an interface 15 characters; a script may call it more. */
const nameLengthMax = 64;
const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

/** `{ freq, clients: { <hardware address>: { assoc, signal, … } } }` */
const isClients = (payload: unknown): boolean =>
  isRecord(payload) &&
  typeof payload.freq === 'number' &&
  isRecord(payload.clients) &&
  Object.entries(payload.clients).every(([key, client]) => mac.test(key) && isRecord(client));

/** The clients that are associated, of whom only the signal is looked at. */
const countClients = (clients: unknown): ClientSum => {
  let sum = noClients;
  for (const client of Object.values(isRecord(clients) ? clients : {})) {
    if (valueAt(client, ['assoc']) === true) sum = addClient(sum, valueAt(client, ['signal']));
  }
  return sum;
};

const readClients = ({ topic, payload, context }: Incoming<unknown>): Decoded => {
  const { device, host, interface: name } = readUbusTopic(topic);
  const band = bandOfFrequency(valueAt(payload, ['freq']));
  if (band !== undefined && name !== undefined) rememberBand({ host, name }, band, context.memory);
  const gatherer = new Gatherer();
  const clients = countClients(valueAt(payload, ['clients']));
  gatherStations(gatherer, { device }, { host, name: name ?? `band ${band ?? ''}`, band, clients }, context);
  return gatherer.decoded();
};

const isStatus = (payload: unknown): boolean =>
  isRecord(payload) &&
  typeof payload.status === 'string' &&
  typeof payload.freq === 'number' &&
  typeof payload.channel === 'number' &&
  isRecord(payload.airtime);

const readStatus = ({ topic, payload, context }: Incoming<unknown>): Decoded => {
  const { device, host, interface: name } = readUbusTopic(topic);
  const band = bandOfFrequency(valueAt(payload, ['freq']));
  const gatherer = new Gatherer();
  if (band === undefined || valueAt(payload, ['status']) !== 'ENABLED') return gatherer.decoded();
  for (const known of [name, valueAt(payload, ['phy'])]) {
    if (typeof known === 'string' && known.length <= nameLengthMax)
      rememberBand({ host, name: known }, band, context.memory);
  }
  const rules = [rule('channel', '1', 'radio', 'channel', { band })];
  // Where the driver surveys nothing, there is no time to speak of, and the utilization of 0 says nothing.
  if (valueAt(payload, ['airtime', 'time']) !== 0)
    rules.push(rule('airtime.utilization', '/255', 'radio', 'utilization_pct', { band }));
  return gatherer.apply({ device }, payload, rules).decoded();
};

/** Answers of hostapd, which a script of the owner publishes on topics of its own. */
export const ubus: readonly Definition[] = [
  {
    name: 'openwrt/get-clients',
    title: 'OpenWrt access point: clients of an interface',
    source,
    topics: ['{topic...}'],
    format: 'json',
    recognises: isClients,
    read: readClients,
  },
  {
    name: 'openwrt/get-status',
    title: 'OpenWrt access point: channel and airtime of an interface',
    source,
    topics: ['{topic...}'],
    format: 'json',
    recognises: isStatus,
    read: readStatus,
  },
];
