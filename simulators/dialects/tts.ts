import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import { type Decoded, decodedOf, devEuiOf, linkOf, lorawanKinds, modelOf } from './lorawan.ts';
import type { Named, Vendor } from './vendor.ts';

/** Device ids are lower case, and so are application ids. */
const deviceIdOf = ({ id }: Named): string => id.toLowerCase().replaceAll('_', '-');

/**
 * The Things Stack v3 [The Things Stack documentation: MQTT server, data formats]. Fields that are 0 or empty are
 * left out, as its JSON does. The network server speaks for its devices, so none has a will.
 */
export const tts: Vendor = {
  covers: lorawanKinds,
  identities: (site, device) => [devEuiOf('tts', site.id, device)],
  speak: (site): Dialect => ({
    encode: (_, sample) => {
      const decoded = decodedOf(site, sample.device, sample.state);
      if (decoded === undefined) return [];
      return [
        {
          topic: `v3/${site.id}@ttn/devices/${deviceIdOf(sample.device)}/up`,
          payload: JSON.stringify(messageOf(site, sample, decoded)),
        },
      ];
    },
    will: () => undefined,
  }),
};

const messageOf = (site: Site, sample: Sample, decoded: Decoded) => {
  const { device, clock } = sample;
  return {
    end_device_ids: {
      device_id: deviceIdOf(device),
      application_ids: { application_id: site.id },
      dev_eui: devEuiOf('tts', site.id, device).toUpperCase(),
      join_eui: '24E124C0002A0001',
    },
    correlation_ids: ['gs:uplink:01'],
    received_at: nanoseconds(clock + 40),
    uplink_message: uplinkOf(site, sample, decoded),
  };
};

const uplinkOf = (site: Site, { clock, device, state }: Sample, decoded: Decoded) => {
  const { brand, model } = modelOf(site, device);
  const { rssi, snr } = linkOf(site, device, state);
  return {
    f_port: 85,
    f_cnt: 1 + (Math.floor(clock / 60_000) % 65_535),
    frm_payload: 'AXVkAwAB',
    decoded_payload: decoded,
    rx_metadata: [
      {
        gateway_ids: { gateway_id: `${site.id}-roof` },
        rssi,
        channel_rssi: rssi,
        ...(snr === 0 ? {} : { snr }),
      },
    ],
    settings: { frequency: '868300000' },
    version_ids: { brand_id: brand, model_id: model },
    received_at: nanoseconds(clock),
  };
};

const nanoseconds = (time: number): string => new Date(time).toISOString().replace('Z', '204178Z');
