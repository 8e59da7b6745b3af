import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import { addressOf, type Named, type Vendor } from './vendor.ts';

/** The name of the access point, without the slashes and blanks that topics do not like. */
const nameOf = (site: Site, { id }: Named): string => `${site.id}-${id}`;

/**
 * unifi2mqtt [unifi2mqtt: README; mqtt-smarthome architecture]: a bridge that tells of each device of the
 * controller in `val`, with the times of the report and of the last change in milliseconds.
 */
export const unifi2mqtt: Vendor = {
  covers: ['access-point'],
  identities: (site, device) => [`unifi/${nameOf(site, device)}`],
  speak: (site): Dialect => {
    const status = (device: Named, item: string, payload: unknown): Encoded => ({
      topic: `unifi/status/device/${nameOf(site, device)}/${item}`,
      payload: JSON.stringify(payload),
    });
    return {
      hello: (_, { clock, device }) => [
        status(device, 'details', { val: detailsOf(site, device), ts: clock, lc: clock }),
        status(device, 'online', { val: true, ts: clock, lc: clock }),
      ],
      encode: (_, { clock, device, state }) =>
        state.kind === 'access-point'
          ? [status(device, 'clients', { val: state.clients, ts: clock, lc: clock })]
          : [],
      will: (_, device) => status(device, 'online', { val: false }),
    };
  },
};

const detailsOf = (site: Site, device: Named) => ({
  mac: (addressOf(12, 'unifi', site.id, device.id).match(/../g) ?? []).join(':'),
  name: nameOf(site, device),
  type: 'uap',
  model: 'U6LR',
});
