import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import { type AccessPointState, type RadioBand, type RadioState, radioBands } from '../state.ts';
import { inventClients } from './clients.ts';
import { hardwareAddressOf, type Named, round, type Vendor } from './vendor.ts';

const addressOf = (site: Site, device: Named): string => hardwareAddressOf('unifi', site.id, device.id);

/** What the controller calls a band. */
const codes: Readonly<Record<RadioBand, string>> = { '2.4': 'ng', '5': 'na', '6': '6e' };

/** Packets of an interval, of which so many went out again as the radio's share says. */
const packets = 10_000;

/**
 * UniFi Network controller [UniFi Network: stat/device, stat/sta]: what a script asks of it and posts here. One
 * answer is about access points, the other about clients, with all by which a person could be known: it is invented,
 * and nobody may see it again.
 */
export const unifi: Vendor = {
  covers: ['access-point'],
  identities: (site, device) => [addressOf(site, device)],
  speak: (site): Dialect => {
    const topic = 'hooks/unifi';
    const answer = (data: readonly object[]): string => JSON.stringify({ meta: { rc: 'ok' }, data });
    return {
      encode: (_, { clock, device, state }) => {
        if (state.kind !== 'access-point') return [];
        const mac = addressOf(site, device);
        const clients = radiosOf(state).flatMap((each) => stationsOf(mac, clock, each));
        const told = { topic, payload: answer([accessPointOf(mac, device, clock, state)]) };
        return clients.length === 0 ? [told] : [told, { topic, payload: answer(clients) }];
      },
      will: () => undefined,
      hook: () => 'unifi',
    };
  },
};

interface Radio {
  readonly name: string;
  readonly band: RadioBand;
  readonly radio: RadioState;
}

const radiosOf = ({ radios }: AccessPointState): readonly Radio[] =>
  radioBands.flatMap((band, index) => {
    const radio = radios[band];
    return radio === undefined ? [] : [{ name: `wifi${index}`, band, radio }];
  });

/** The controller writes processor and memory as text, and times in whole seconds. */
const accessPointOf = (mac: string, { id }: Named, clock: number, state: AccessPointState) => {
  const radios = radiosOf(state);
  return {
    mac,
    name: id,
    type: 'uap',
    model: 'U6ENT',
    adopted: true,
    state: 1,
    uptime: state.uptimeS,
    last_seen: Math.floor(clock / 1000),
    'system-stats': {
      cpu: String(round(state.cpuPct, 10)),
      mem: String(round(state.memoryPct, 10)),
      uptime: String(state.uptimeS),
    },
    uplink: { type: 'wire', full_duplex: true, speed: state.uplinkMbitS },
    num_sta: state.clients,
    'user-num_sta': state.clients,
    'guest-num_sta': 0,
    radio_table: radios.map(({ name, band, radio }) => ({
      name,
      radio: codes[band],
      channel: radio.channel,
    })),
    radio_table_stats: radios.map(statsOf),
    vap_table: radios.map(networkOf),
    stat: { ap: Object.fromEntries(radios.flatMap(bytesOf)) },
  };
};

const statsOf = ({ name, band, radio }: Radio) => ({
  name,
  radio: codes[band],
  channel: radio.channel,
  cu_total: Math.round(radio.utilizationPct),
  cu_self_rx: Math.round(radio.utilizationPct / 4),
  cu_self_tx: Math.round(radio.utilizationPct / 3),
  num_sta: radio.clients,
  'user-num_sta': radio.clients,
  'guest-num_sta': 0,
  tx_packets: packets,
  tx_retries: Math.round((packets * radio.retriesPct) / 100),
});

/** Of a network without clients the mean signal is 0. */
const networkOf = ({ name, band, radio }: Radio) => ({
  name: `${name}ap0`,
  radio_name: name,
  radio: codes[band],
  essid: 'Officina aperta',
  num_sta: radio.clients,
  avg_client_signal: Math.round(radio.signalDbm ?? 0),
});

const bytesOf = ({ name, radio }: Radio) => [
  [`${name}-tx_bytes`, Math.round(radio.txBytes)],
  [`${name}-rx_bytes`, Math.round(radio.rxBytes)],
];

/** Clients of a radio; `rssi` is a margin beside the signal in dBm. */
const stationsOf = (mac: string, clock: number, { name, band, radio }: Radio) =>
  inventClients(`${mac} ${name}`, radio).map(({ address, signalDbm }, index) => ({
    mac: address,
    ap_mac: mac,
    hostname: `phone-of-${band}-${index}`,
    ip: `192.0.2.${index % 254}`,
    essid: 'Officina aperta',
    is_wired: false,
    radio: codes[band],
    signal: signalDbm,
    rssi: signalDbm + 95,
    noise: Math.round(radio.noiseDbm),
    last_seen: Math.floor(clock / 1000),
  }));
