import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import { decodedOf, devEuiOf, linkOf, lorawanKinds, modelOf } from './lorawan.ts';
import { addressOf, type Named, type Vendor } from './vendor.ts';

const applicationOf = (site: Site): string => {
  const hex = addressOf(32, 'chirpstack', site.id);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/**
 * ChirpStack v4 [ChirpStack documentation, integrations: events], JSON marshaler. The network server speaks for its
 * devices, so none has a will; times have nanoseconds and an offset.
 */
export const chirpstack: Vendor = {
  covers: lorawanKinds,
  identities: (site, device) => [devEuiOf('chirpstack', site.id, device)],
  speak: (site): Dialect => ({
    hello: (_, first) => [event(site, first, 'join', { devAddr: addressOf(8, 'devaddr', first.device.id) })],
    encode: (_, sample) => {
      const object = decodedOf(site, sample.device, sample.state);
      if (object === undefined) return [];
      const up = event(site, sample, 'up', { ...uplinkOf(site, sample), object });
      return sample.state.kind === 'status' ? [up, statusOf(site, sample)] : [up];
    },
    will: () => undefined,
  }),
};

const event = (
  site: Site,
  { clock, device }: Sample,
  name: 'up' | 'join' | 'status',
  body: Readonly<Record<string, unknown>>,
): Encoded => {
  const devEui = devEuiOf('chirpstack', site.id, device);
  return {
    topic: `application/${applicationOf(site)}/device/${devEui}/event/${name}`,
    payload: JSON.stringify({
      deduplicationId: addressOf(32, 'deduplication', devEui, String(clock), name),
      time: new Date(clock).toISOString().replace('Z', '204178+00:00'),
      deviceInfo: deviceInfoOf(site, device, devEui),
      ...body,
    }),
  };
};

const deviceInfoOf = (site: Site, device: Named, devEui: string) => ({
  tenantName: site.name,
  applicationId: applicationOf(site),
  applicationName: site.id,
  deviceProfileName: modelOf(site, device).model.toUpperCase(),
  deviceName: device.id,
  devEui,
  deviceClassEnabled: device.kind === 'meter' ? 'CLASS_C' : 'CLASS_A',
  tags: {},
});

/** The frame counter goes with the time: a device that reports every minute. */
const uplinkOf = (site: Site, { clock, device, state }: Sample) => ({
  adr: true,
  dr: 5,
  fCnt: Math.floor(clock / 60_000) % 65_536,
  fPort: 85,
  confirmed: false,
  data: 'AXVkAwAB',
  rxInfo: [{ gatewayId: addressOf(16, 'gateway', site.id), uplinkId: 1, ...linkOf(site, device, state) }],
});

const statusOf = (site: Site, sample: Sample): Encoded => {
  const { batteryPct } = sample.state.kind === 'status' ? sample.state : {};
  return event(site, sample, 'status', {
    externalPowerSource: false,
    batteryLevelUnavailable: batteryPct === undefined,
    batteryLevel: batteryPct,
  });
};
