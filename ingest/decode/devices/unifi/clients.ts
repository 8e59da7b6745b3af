import type { Band } from '../../../../model/access-point.ts';
import type { Gatherer, Speaker } from '../../measure.ts';
import { fromEpochSeconds } from '../../time.ts';
import { addClient, type ClientSum, gatherClients, meanDbm, noClients } from '../wifi/tally.ts';
import { numberOf, toMac } from '../wifi/value.ts';
import { bandOfRadio } from './radios.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A client in an answer of `stat/sta`. */
export const isClient = (entry: Entry): boolean =>
  'ap_mac' in entry || 'is_wired' in entry || 'essid' in entry;

/** What is known of the clients of one radio together. */
interface Radio {
  readonly clients: ClientSum;
  readonly noiseSumDbm: number;
  readonly noises: number;
}

const silent: Radio = { clients: noClients, noiseSumDbm: 0, noises: 0 };

/** The radios of one access point; those of no band of the model are one of their own. */
type Radios = Map<Band | undefined, Radio>;

const addToRadio = ({ clients, noiseSumDbm, noises }: Radio, { signal, noise }: Entry): Radio => {
  const floor = numberOf(noise) ?? 0;
  const isFloor = floor < 0;
  return {
    clients: addClient(clients, numberOf(signal)),
    noiseSumDbm: noiseSumDbm + (isFloor ? floor : 0),
    noises: noises + Number(isFloor),
  };
};

const gatherRadios = (gatherer: Gatherer, speaker: Speaker, radios: Radios): void => {
  let total = 0;
  for (const [band, { clients, noiseSumDbm, noises }] of radios) {
    total += clients.clients;
    if (band === undefined) continue;
    gatherClients(gatherer, speaker, band, clients);
    if (noises > 0) gatherer.add(speaker, 'radio', 'noise_dbm', meanDbm(noiseSumDbm, noises), { band });
  }
  gatherer.add(speaker, 'access_point', 'clients', total);
};

/**
 * Counts the clients of each access point and band, with how they are heard. `signal` and `noise` are in dBm; `rssi`
 * beside them is a margin, and not looked at. Nothing else of a client is, and one by cable is none of Wi-Fi.
 */
export const gatherClientList = (gatherer: Gatherer, clients: readonly Entry[]): void => {
  const accessPoints = new Map<string, Radios>();
  let lastSeenS = 0;
  for (const client of clients) {
    const device = toMac(client.ap_mac);
    if (device === undefined || client.is_wired === true) continue;
    const radios: Radios = accessPoints.get(device) ?? new Map();
    accessPoints.set(device, radios);
    const band = bandOfRadio(client.radio);
    radios.set(band, addToRadio(radios.get(band) ?? silent, client));
    lastSeenS = Math.max(lastSeenS, numberOf(client.last_seen) ?? 0);
  }
  const time = lastSeenS > 0 ? fromEpochSeconds(lastSeenS) : undefined;
  for (const [device, radios] of accessPoints) gatherRadios(gatherer, { device, time }, radios);
};
