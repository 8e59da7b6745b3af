import { ApertoError } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import { native } from '../native.ts';
import { chirpstack } from './chirpstack.ts';
import { homeAssistant } from './homeassistant.ts';
import { homie } from './homie.ts';
import { homie5 } from './homie5.ts';
import { hooked } from './hooked.ts';
import { meraki } from './meraki.ts';
import { merakiMt } from './meraki-mt.ts';
import { merakiScanning2, merakiScanning3 } from './meraki-scanning.ts';
import { mikrotik } from './mikrotik.ts';
import { dialectNames, nativeName, type VendorName } from './names.ts';
import { ngsi } from './ngsi.ts';
import { openwrt } from './openwrt.ts';
import { senml } from './senml.ts';
import { senmlCbor } from './senml-cbor.ts';
import { shelly } from './shelly.ts';
import { shellyGen1 } from './shelly-gen1.ts';
import { sparkplug } from './sparkplug.ts';
import { tasmota } from './tasmota.ts';
import { tts } from './tts.ts';
import { unifi } from './unifi.ts';
import { unifi2mqtt } from './unifi2mqtt.ts';
import type { Named, Vendor } from './vendor.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';

const vendors: Readonly<Record<string, Vendor>> = {
  shelly,
  'shelly-gen1': shellyGen1,
  tasmota,
  zigbee2mqtt,
  chirpstack,
  tts,
  openwrt,
  unifi2mqtt,
  mikrotik,
  meraki,
  homie,
  sparkplug,
  senml,
  'senml-cbor': senmlCbor,
  homie5,
  homeassistant: homeAssistant,
  'meraki-mt': merakiMt,
  'chirpstack-hook': hooked(chirpstack, 'chirpstack', (event) => `hooks/chirpstack/${event}`),
  'tts-hook': hooked(tts, 'tts', () => 'hooks/tts'),
  unifi,
  'meraki-scanning-2': merakiScanning2,
  'meraki-scanning-3': merakiScanning3,
  ngsi,
} satisfies Record<VendorName, Vendor>;

/**
 * The dialect of a fleet: devices of a kind are dealt out among the vendors that sell it, in the order in which the
 * site places them. A kind that none of them sells speaks Aperto's own format. A replica speaks as its twin does.
 * @throws ApertoError `usage` for a name that is none
 */
export const dialectOf = (names: readonly string[], site: Site): Dialect => {
  const spoken = new Map(names.map((name) => [name, speak(name, site)]));
  const dealt = deal(names, site);
  const of = (id: string): Dialect => spoken.get(dealt.get(id) ?? nativeName) ?? native;
  return {
    hello: (name, first) => of(first.device.twin).hello?.(name, first) ?? [],
    encode: (name, sample) => of(sample.device.twin).encode(name, sample),
    will: (name, device) => of(device.twin).will(name, device),
    greetOn: (name, device) => of(device.twin).greetOn?.(name, device),
    hook: (name, device) => of(device.twin).hook?.(name, device),
  };
};

/** Identities by the id of the device: the `source` that the site file needs for it. Native devices need none. */
export const sourcesOf = (names: readonly string[], site: Site): ReadonlyMap<string, readonly string[]> => {
  const dealt = deal(names, site);
  const sources = new Map<string, readonly string[]>();
  for (const device of site.devices.values()) {
    const identities = identitiesOf(dealt.get(device.id) ?? nativeName, site, device);
    if (identities.length > 0) sources.set(device.id, identities);
  }
  return sources;
};

/** By what a dialect's messages know a device: the first is that of its measurements. */
export const identitiesOf = (name: string, site: Site, device: Named): readonly string[] =>
  vendorOf(name)?.identities(site, device) ?? [];

/** The name of the dialect of each device. */
const deal = (names: readonly string[], site: Site): ReadonlyMap<string, string> => {
  const dealt = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { id, kind } of site.devices.values()) {
    const sellers = names.filter((name) => vendorOf(name)?.covers.includes(kind) ?? name === nativeName);
    const index = counts.get(kind) ?? 0;
    counts.set(kind, index + 1);
    dealt.set(id, sellers[index % sellers.length] ?? nativeName);
  }
  return dealt;
};

const vendorOf = (name: string): Vendor | undefined =>
  Object.hasOwn(vendors, name) ? vendors[name] : undefined;

const speak = (name: string, site: Site): Dialect => {
  if (name === nativeName) return native;
  const vendor = vendorOf(name);
  if (vendor !== undefined) return vendor.speak(site);
  throw new ApertoError('usage', `unknown dialect "${name}"; the dialects are ${dialectNames.join(', ')}`);
};
