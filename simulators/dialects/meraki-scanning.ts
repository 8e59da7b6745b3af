import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import { type AccessPointState, radioBands } from '../state.ts';
import { type InventedClient, inventClients } from './clients.ts';
import { addressOf, hardwareAddressOf, type Named, type Vendor } from './vendor.ts';

/** What an access point heard in an interval, and who it is. */
interface Heard {
  readonly apMac: string;
  readonly clock: number;
  readonly clients: readonly InventedClient[];
}

const secondsOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** What both versions tell of a device: enough to know a person by, and here it is nobody's. */
const observed = ({ address }: InventedClient, index: number) => ({
  clientMac: address,
  ipv4: `192.0.2.${index % 254}`,
  ssid: 'Officina aperta',
  manufacturer: 'Nobody',
  os: null,
});

/** Version 2 writes how far a signal is above this. */
const floorDbm = -95;

/** One access point a post; the signal is a margin. */
const version2 = ({ apMac, clock, clients }: Heard) => ({
  version: '2.0',
  type: 'DevicesSeen',
  data: {
    apMac,
    apFloors: [],
    apTags: ['street'],
    observations: clients.map((client, index) => ({
      ...observed(client, index),
      ipv4: `/192.0.2.${index % 254}`,
      ipv6: null,
      seenTime: secondsOf(clock),
      seenEpoch: Math.floor(clock / 1000),
      rssi: client.signalDbm - floorDbm,
      location: null,
    })),
  },
});

/** One network a post, here of one access point; the signal is in dBm, as a number and as text. */
const version3 = ({ apMac, clock, clients }: Heard) => ({
  version: '3.0',
  type: 'WiFi',
  data: {
    networkId: `N_${addressOf(12, 'network', apMac)}`,
    startTime: secondsOf(clock - 60_000),
    endTime: secondsOf(clock),
    reportingAps: [{ serial: 'Q2XX-XXXX-XXXX', mac: apMac, name: 'street', floorPlan: null }],
    observations: clients.map((client, index) => ({
      ...observed(client, index),
      latestRecord: {
        time: secondsOf(clock),
        nearestApMac: apMac,
        nearestApRssi: String(client.signalDbm),
      },
      locations: [
        {
          time: secondsOf(clock),
          x: 4.2,
          y: 2.4,
          variance: 3.1,
          nearestApTags: ['street'],
          rssiRecords: [{ apMac, rssi: client.signalDbm }],
        },
      ],
    })),
  },
});

/**
 * Meraki access points [Cisco Meraki: Scanning API]: the cloud posts which devices each of them heard; here it hears
 * its own clients and one thing more. An access point that heard nothing would be in no post of version 3.
 */
const scanning = (name: string, post: (heard: Heard) => object): Vendor => {
  const macOf = (site: Site, device: Named): string => hardwareAddressOf(name, site.id, device.id);
  return {
    covers: ['access-point'],
    identities: (site, device) => [macOf(site, device)],
    speak: (site): Dialect => ({
      encode: (_, { clock, device, state }) => {
        if (state.kind !== 'access-point') return [];
        const apMac = macOf(site, device);
        const heard = { apMac, clock, clients: clientsOf(apMac, state) };
        return [{ topic: 'hooks/meraki', payload: JSON.stringify(post(heard)) }];
      },
      will: () => undefined,
      hook: () => 'meraki',
    }),
  };
};

/** A thing that never moves, such as a till: it belongs to no network and is heard by its access point at any hour. */
const fixtureDbm = -70;

const clientsOf = (apMac: string, { radios }: AccessPointState): readonly InventedClient[] => [
  { address: hardwareAddressOf('fixture', apMac), signalDbm: fixtureDbm },
  ...radioBands.flatMap((band) => {
    const radio = radios[band];
    return radio === undefined ? [] : inventClients(`${apMac} ${band}`, radio);
  }),
];

export const merakiScanning2 = scanning('meraki-scanning-2', version2);
export const merakiScanning3 = scanning('meraki-scanning-3', version3);
