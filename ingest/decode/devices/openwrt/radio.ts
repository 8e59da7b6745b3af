import type { Band } from '../../../../model/access-point.ts';
import type { Context } from '../../definition.ts';
import type { Gatherer, Speaker } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { bandOfName } from '../wifi/band.ts';
import { type ClientSum, gatherClients, sumClients } from '../wifi/tally.ts';
import { rememberPart, type Value } from './parts.ts';

/** A wireless interface of a host, e.g. `wlan0`, `phy1-ap0`; a radio may have several. */
export interface WirelessInterface {
  /** As collectd calls it, and the last level of the topics of a script. */
  readonly host: string;
  readonly name: string;
}

const bandKey = ({ host, name }: WirelessInterface): string => `openwrt/band/${host}/${name}`;

/** What a message with a frequency told, so that those without one find their radio. */
export const rememberBand = (where: WirelessInterface, band: Band, memory: Memory): void => {
  if (memory.get(bandKey(where)) !== band) memory.set(bandKey(where), band);
};

/** The band of an interface by its name, or as it was told of it or of its radio (`phy1` of `phy1-ap0`). */
export const bandOfInterface = (where: WirelessInterface, memory: Memory): Band | undefined => {
  const phy = /^phy\d+(?=-)/.exec(where.name)?.[0];
  const told =
    memory.get(bandKey(where)) ??
    (phy === undefined ? undefined : memory.get(bandKey({ ...where, name: phy })));
  return bandOfName(where.name) ?? toBand(told);
};

const toBand = (value: unknown): Band | undefined =>
  value === '2.4' || value === '5' || value === '6' ? value : undefined;

/**
 * Adds the clients of an interface: those of its radio, where the band is known, and of the access point, both with
 * the clients of the other interfaces that spoke lately.
 */
export const gatherStations = (
  gatherer: Gatherer,
  speaker: Speaker,
  { host, name, band, clients }: WirelessInterface & { band: Band | undefined; clients: ClientSum },
  context: Context,
): void => {
  const value = [band ?? '', clients.clients, clients.heard, clients.weak, clients.signalSumDbm];
  const all = rememberPart(`openwrt/clients/${host}`, name, value, context).flatMap(toInterface);
  if (band !== undefined) {
    const same = all.filter((each) => each.band === band);
    gatherClients(gatherer, speaker, band, sumClients(same));
  }
  gatherer.add(speaker, 'access_point', 'clients', sumClients(all).clients);
};

const toInterface = (value: Value): (ClientSum & { readonly band: Band | undefined })[] => {
  const [band, ...counts] = typeof value === 'number' ? [] : value;
  const [clients, heard, weak, signalSumDbm] = counts.map(Number);
  if (clients === undefined || heard === undefined || weak === undefined || signalSumDbm === undefined)
    return [];
  return [{ band: toBand(band), clients, heard, weak, signalSumDbm }];
};
