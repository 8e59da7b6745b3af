import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import { addressOf, type Named, type Vendor } from './vendor.ts';

/** `Q2XX-XXXX-XXXX` */
const serialOf = (site: Site, { id }: Named): string => {
  const hex = addressOf(10, 'meraki', site.id, id).toUpperCase();
  return `Q2${hex.slice(0, 2)}-${hex.slice(2, 6)}-${hex.slice(6)}`;
};

/**
 * Meraki MV cameras [Cisco Meraki: MV Sense, MQTT]: how many persons are in a zone; zone 0 is the whole picture.
 * They count who is there and not who came and went.
 */
export const meraki: Vendor = {
  covers: ['counter'],
  identities: (site, device) => [serialOf(site, device)],
  speak: (site): Dialect => ({
    encode: (_, { clock, device, state }) =>
      state.kind === 'counter'
        ? [
            {
              topic: `/merakimv/${serialOf(site, device)}/0`,
              payload: JSON.stringify({ ts: clock, counts: { person: state.people } }),
            },
          ]
        : [],
    will: () => undefined,
  }),
};
