import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import { deviceIdOf, nodes } from './homie.ts';
import type { Named, Vendor } from './vendor.ts';

const idOf = (site: Site, device: Named): string => `${deviceIdOf(site, device)}-5`;

/** What a seat describes; a mast has the nodes of Homie 4. */
const seatNodes = {
  place: {
    name: 'place',
    properties: { occupied: { name: 'Occupied', datatype: 'boolean', format: 'free,taken' } },
  },
};

const mastNodes = Object.fromEntries(
  Object.entries(nodes).map(([node, properties]) => [
    node,
    {
      name: node,
      properties: Object.fromEntries(
        properties.map(({ id, name, unit }) => [id, { name, datatype: 'float', unit }]),
      ),
    },
  ]),
);

/**
 * The Homie convention 5: one document describes the device, then each property has a topic and its values are text,
 * without a time. `$state` is `init` until the document is there.
 */
export const homie5: Vendor = {
  covers: ['weather', 'seat'],
  identities: (site, device) => [idOf(site, device)],
  speak: (site): Dialect => {
    const say = (device: Named, path: string, payload: string): Encoded => ({
      topic: `homie/5/${idOf(site, device)}/${path}`,
      payload,
    });
    return {
      hello: (_, { device }) => [
        say(device, '$state', 'init'),
        say(device, '$description', JSON.stringify(descriptionOf(device))),
        say(device, '$state', 'ready'),
      ],
      encode: (_, { device, state }) => valuesOf(state).map(([path, value]) => say(device, path, value)),
      will: (_, device) => say(device, '$state', 'lost'),
    };
  },
};

const descriptionOf = ({ id, kind }: Named) => ({
  homie: '5.0',
  version: 1,
  name: id,
  nodes: kind === 'seat' ? seatNodes : mastNodes,
});

const valuesOf = (state: Sample['state']): readonly (readonly [path: string, value: string])[] => {
  if (state.kind === 'seat') return [['place/occupied', String(state.occupied)]];
  if (state.kind !== 'weather') return [];
  return Object.entries(nodes).flatMap(([node, properties]) =>
    properties.map(({ id, of }) => [`${node}/${id}`, String(of(state))] as const),
  );
};
