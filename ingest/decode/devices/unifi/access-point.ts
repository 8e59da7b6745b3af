import { rejected } from '../../decoded.ts';
import type { Gatherer, Speaker } from '../../measure.ts';
import { rule } from '../../rule.ts';
import { fromEpochSeconds } from '../../time.ts';
import { numberOf } from '../wifi/value.ts';
import { identityOf } from './identity.ts';
import { gatherRadios } from './radios.ts';

type Entry = Readonly<Record<string, unknown>>;

const text = { text: true } as const;

/** The controller writes `system-stats` as text. A score of −1 is one of nobody. */
const rules = [
  rule('uptime', 's', 'access_point', 'uptime_s', {}, text),
  rule(['system-stats', 'cpu'], '%', 'access_point', 'cpu_pct', {}, text),
  rule(['system-stats', 'mem'], '%', 'access_point', 'memory_pct', {}, text),
  rule('satisfaction', '%', 'access_point', 'satisfaction_pct', {}, { text: true, absent: [-1] }),
  rule('general_temperature', '°C', 'device_health', 'temperature_c', {}, text),
];
const uplinkRules = [
  rule('speed', 'Mbit/s', 'access_point', 'uplink_mbit_s', {}, { text: true, absent: [0] }),
];

/** An access point in an answer of `stat/device`: it has radios. Clients, switches and gateways without do not. */
export const isAccessPoint = (entry: Entry): boolean =>
  ['radio_table_stats', 'radio_table', 'vap_table'].some((table) => Array.isArray(entry[table]));

/** Connected, disconnected, heartbeat missed; the other states are on the way to one of them. */
const online: Readonly<Record<number, number>> = { 0: 0, 1: 1, 6: 0 };

/** What `stat/device` says of one access point. One that is not connected has nothing but old figures. */
export const gatherAccessPoint = (gatherer: Gatherer, entry: Entry): void => {
  const device = identityOf(entry);
  if (device === undefined) {
    gatherer.doubt(rejected('missing_field', 'an access point without mac, serial and name'));
    return;
  }
  const state = numberOf(entry.state) ?? 1;
  const known = Object.hasOwn(online, state) ? online[state] : undefined;
  if (known === 0) {
    gatherer.add({ device }, 'device_health', 'online', 0);
    return;
  }
  const speaker: Speaker = { device, time: timeOf(entry) };
  if (known !== undefined && entry.state !== undefined)
    gatherer.add(speaker, 'device_health', 'online', known);
  gatherer.apply(speaker, entry, rules);
  const uplink = typeof entry.uplink === 'object' && entry.uplink !== null ? entry.uplink : {};
  if (!('type' in uplink) || uplink.type === 'wire') gatherer.apply(speaker, uplink, uplinkRules);
  const onRadios = gatherRadios(gatherer, speaker, entry);
  // A gateway with radios counts its cables in `num_sta` too.
  const isOnlyRadios = entry.type === undefined || entry.type === 'uap';
  const clients = isOnlyRadios ? (numberOf(entry.num_sta) ?? onRadios) : onRadios;
  if (clients !== undefined) gatherer.add(speaker, 'access_point', 'clients', clients);
};

/** When the access point last spoke to the controller. */
const timeOf = (entry: Entry): number | undefined => {
  const seconds = numberOf(entry.last_seen);
  return seconds === undefined || seconds <= 0 ? undefined : fromEpochSeconds(seconds);
};
