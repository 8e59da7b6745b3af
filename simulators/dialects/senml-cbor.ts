import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import { arrayOf, mapOf, numberOf, textOf } from './cbor.ts';
import { recordsOf, urnOf } from './senml.ts';
import type { Named, Vendor } from './vendor.ts';

/** Labels of SenML in CBOR [RFC 8428 §6, table 4]. */
const labels = { bn: -2, bt: -3, n: 0, u: 1, v: 2 } as const;

const deviceOf = (site: Site, device: Named): string => `${urnOf(site, device)}-cbor`;

/** SenML in CBOR [RFC 8428 §6; RFC 8949]: what `senml` says, in a third of the bytes. */
export const senmlCbor: Vendor = {
  covers: ['weather'],
  identities: (site, device) => [deviceOf(site, device)],
  speak: (site): Dialect => ({
    encode: (_, { clock, device, state }) => {
      if (state.kind !== 'weather') return [];
      const records = recordsOf(state).map(({ n, u, v }, index) =>
        mapOf([
          ...(index > 0
            ? []
            : ([
                [labels.bn, textOf(`${deviceOf(site, device)}:`)],
                [labels.bt, numberOf(clock / 1000)],
              ] as const)),
          [labels.n, textOf(n)],
          [labels.u, textOf(u)],
          [labels.v, numberOf(v)],
        ]),
      );
      return [{ topic: `${site.id}/senml-cbor/${device.id}`, payload: arrayOf(records) }];
    },
    will: () => undefined,
  }),
};
