import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import { type AccessPointState, type RadioBand, type RadioState, radioBands } from '../state.ts';
import { inventClients } from './clients.ts';
import { type Named, round, type Vendor } from './vendor.ts';

/** The host name, by which collectd and the script both know the access point. */
const hostOf = (site: Site, { id }: Named): string => `${site.id}-${id}`;

/**
 * OpenWrt [collectd: plugin mqtt, plain text protocol; hostapd over ubus: get_status, get_clients]: collectd's text
 * with a NUL at its end, and what a script of the owner publishes of hostapd, where hardware addresses of clients
 * are keys. They are invented here, and nobody may see them again.
 */
export const openwrt: Vendor = {
  covers: ['access-point'],
  identities: (site, device) => [hostOf(site, device)],
  speak: (site): Dialect => ({
    encode: (_, sample) =>
      sample.state.kind === 'access-point' ? encode(hostOf(site, sample.device), sample, sample.state) : [],
    will: () => undefined,
  }),
};

const encode = (host: string, { clock }: Sample, state: AccessPointState): readonly Encoded[] => {
  const collectd = (figure: string, value: number): Encoded => ({
    topic: `collectd/${host}/${figure}`,
    payload: `${(clock / 1000).toFixed(3)}:${value}\0`,
  });
  const wireless = radioBands.flatMap((band, index) => {
    const radio = state.radios[band];
    if (radio === undefined) return [];
    const name = `phy${index}-ap0`;
    return [
      ...hostapd(`${host}/hostapd.${name}`, band, radio),
      collectd(`iwinfo-${name}/stations`, radio.clients),
      collectd(`iwinfo-${name}/signal_noise`, Math.round(radio.noiseDbm)),
    ];
  });
  return [
    ...wireless,
    collectd('uptime/uptime', state.uptimeS),
    collectd('cpu/percent-active', round(state.cpuPct, 1000)),
    collectd('memory/percent-used', round(state.memoryPct, 1000)),
  ];
};

const hostapd = (topic: string, band: RadioBand, radio: RadioState): readonly Encoded[] => {
  const freq = frequencyOf(band, radio.channel);
  const status = {
    status: 'ENABLED',
    channel: radio.channel,
    freq,
    airtime: {
      time: 3_600_000,
      time_busy: Math.round(36_000 * radio.utilizationPct),
      utilization: Math.round((radio.utilizationPct * 255) / 100),
    },
  };
  return [
    { topic: `${topic}/get_status`, payload: JSON.stringify(status) },
    {
      topic: `${topic}/get_clients`,
      payload: JSON.stringify({ freq, clients: Object.fromEntries(clientsOf(topic, radio)) }),
    },
  ];
};

const clientsOf = (seed: string, radio: RadioState) =>
  inventClients(seed, radio).map(({ address, signalDbm }) => [
    address,
    { auth: true, assoc: true, authorized: true, signal: signalDbm },
  ]);

/** Centre of the first 20 MHz, in MHz [IEEE 802.11-2020 Annex E, 802.11ax]. */
const frequencyOf = (band: RadioBand, channel: number): number => {
  const base = { '2.4': 2407, '5': 5000, '6': 5950 }[band];
  return base + 5 * channel;
};
