import type { Band } from '../../../../model/access-point.ts';
import { type Gatherer, isRecord, type Speaker, valueAt } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';
import { meanDbm } from '../wifi/tally.ts';
import { numberOf } from '../wifi/value.ts';

const bands: Readonly<Record<string, Band>> = { ng: '2.4', na: '5', '6e': '6' };

/** `ng`, `na` and `6e`; 60 GHz (`ad`) is no band of the model. */
export const bandOfRadio = (code: unknown): Band | undefined =>
  typeof code === 'string' && Object.hasOwn(bands, code) ? bands[code] : undefined;

type Entry = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly Entry[] => (Array.isArray(value) ? value.filter(isRecord) : []);

const text = { text: true } as const;

/** −1 stands for a score of nobody, 0 for a channel that is not chosen yet. */
const rulesOf = (band: Band): readonly Rule[] => [
  rule('channel', '1', 'radio', 'channel', { band }, { text: true, absent: [0] }),
  rule('cu_total', '%', 'radio', 'utilization_pct', { band }, text),
  rule('tx_power', 'dBm', 'radio', 'tx_power_dbm', { band }, text),
  rule('satisfaction', '%', 'radio', 'satisfaction_pct', { band }, { text: true, absent: [-1] }),
];
const rules = { '2.4': rulesOf('2.4'), '5': rulesOf('5'), '6': rulesOf('6') } as const;

/** Clients of a radio, guests among them. */
const clientsOf = (stats: Entry): number | undefined => {
  const all = numberOf(stats.num_sta);
  const users = numberOf(stats['user-num_sta']);
  const guests = numberOf(stats['guest-num_sta']);
  return all ?? (users === undefined || guests === undefined ? undefined : users + guests);
};

/** As the controller says it, else from the packets of its interval. */
const retriesOf = (stats: Entry): number | undefined => {
  const percent = numberOf(stats.tx_retries_pct);
  const retries = numberOf(stats.tx_retries);
  const packets = numberOf(stats.tx_packets);
  if (percent !== undefined || retries === undefined || packets === undefined || packets <= 0) return percent;
  return Number(((retries / packets) * 100).toPrecision(12));
};

/** Mean signal over the networks of a radio, each with the weight of its clients. */
const signalOf = (networks: readonly Entry[]): number | undefined => {
  let heard = 0;
  let sumDbm = 0;
  for (const { num_sta, avg_client_signal } of networks) {
    const clients = numberOf(num_sta) ?? 0;
    const signal = numberOf(avg_client_signal) ?? 0;
    if (clients <= 0 || signal >= 0) continue;
    heard += clients;
    sumDbm += signal * clients;
  }
  return heard === 0 ? undefined : meanDbm(sumDbm, heard);
};

/** Bytes of a radio: its own counter, which has 64 bits, else the sum over its networks. */
const bytesOf = (own: unknown, networks: readonly Entry[], key: string): number | undefined => {
  const counted = numberOf(own);
  if (counted !== undefined) return counted;
  const parts = networks.map((network) => numberOf(network[key]));
  return parts.length === 0 || parts.includes(undefined)
    ? undefined
    : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
};

/**
 * Adds the radios of an access point: `radio_table_stats` says how each is, `radio_table` which band it has,
 * `vap_table` how the networks on it are, `stat` what it counted. A second radio of one band is a channel of the
 * device. Gives the clients of all radios, or `undefined` where one of them does not say.
 */
export const gatherRadios = (gatherer: Gatherer, speaker: Speaker, device: Entry): number | undefined => {
  const table = listOf(device.radio_table);
  const networks = listOf(device.vap_table);
  // Older controllers have the counters in `stat` itself, and the address of the access point under `ap`.
  const ap = valueAt(device.stat, ['ap']);
  const stat = isRecord(ap) ? ap : device.stat;
  const seen = new Set<Band>();
  const radios = listOf(device.radio_table_stats);
  let total: number | undefined = radios.length === 0 ? undefined : 0;
  for (const stats of radios) {
    const name = typeof stats.name === 'string' ? stats.name : '';
    const code = stats.radio ?? table.find((radio) => radio.name === name)?.radio;
    const clients = clientsOf(stats);
    total = total === undefined || clients === undefined ? undefined : total + clients;
    const band = bandOfRadio(code);
    if (band === undefined) continue;
    const own = networks.filter(({ radio_name, radio }) =>
      typeof radio_name === 'string' && name !== '' ? radio_name === name : radio === code,
    );
    const figures = {
      clients,
      retries_pct: retriesOf(stats),
      signal_dbm: signalOf(own),
      tx_bytes: bytesOf(valueAt(stat, [`${name}-tx_bytes`]), own, 'tx_bytes'),
      rx_bytes: bytesOf(valueAt(stat, [`${name}-rx_bytes`]), own, 'rx_bytes'),
    };
    const who = seen.has(band) ? { ...speaker, device: `${speaker.device}/${name}` } : speaker;
    seen.add(band);
    gatherer.apply(who, stats, rules[band]);
    for (const [field, value] of Object.entries(figures))
      if (value !== undefined) gatherer.add(who, 'radio', field, value, { band });
  }
  return total;
};
