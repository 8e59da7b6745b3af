import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { WeatherState } from '../state.ts';
import { type Named, round, type Vendor } from './vendor.ts';

/** Lower case, digits and hyphens alone. */
export const deviceIdOf = (site: Site, { id }: Named): string =>
  `${site.id}-${id}`.toLowerCase().replaceAll('_', '-');

interface Property {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly of: (state: WeatherState) => number;
}

/** What a mast describes: the nodes and their properties. */
export const nodes: Readonly<Record<string, readonly Property[]>> = {
  air: [
    { id: 'temperature', name: 'Temperature', unit: '°C', of: (state) => round(state.temperatureC, 10) },
    { id: 'humidity', name: 'Relative humidity', unit: '%', of: (state) => round(state.humidityPct, 10) },
    { id: 'pressure', name: 'Air pressure', unit: 'hPa', of: (state) => round(state.pressureHpa, 10) },
    { id: 'co2', name: 'Carbon dioxide', unit: 'ppm', of: (state) => Math.round(state.co2Ppm) },
  ],
  sky: [
    { id: 'illuminance', name: 'Light', unit: 'lx', of: (state) => Math.round(state.illuminanceLx) },
    { id: 'wind-speed', name: 'Wind', unit: 'm/s', of: (state) => round(state.windMPerS, 10) },
  ],
};

/**
 * The Homie convention 4.0.0: attributes describe the device once, then each property has a topic and its values
 * are text, without a time.
 */
export const homie: Vendor = {
  covers: ['weather'],
  identities: (site, device) => [deviceIdOf(site, device)],
  speak: (site): Dialect => ({
    hello: (_, { device }) => describe(`homie/${deviceIdOf(site, device)}`, device),
    encode: (_, { device, state }) =>
      state.kind === 'weather' ? valuesOf(`homie/${deviceIdOf(site, device)}`, state) : [],
    will: (_, device) => ({ topic: `homie/${deviceIdOf(site, device)}/$state`, payload: 'lost' }),
  }),
};

/** `$state` is `init` until all else is said. */
const describe = (base: string, { id }: Named): readonly Encoded[] => {
  const attributes = Object.entries(nodes).flatMap(([node, properties]) => [
    [`${node}/$name`, node],
    [`${node}/$type`, 'sensor'],
    [`${node}/$properties`, properties.map((property) => property.id).join(',')],
    ...properties.flatMap((property) => [
      [`${node}/${property.id}/$name`, property.name],
      [`${node}/${property.id}/$datatype`, 'float'],
      [`${node}/${property.id}/$unit`, property.unit],
    ]),
  ]);
  const all = [
    ['$homie', '4.0.0'],
    ['$state', 'init'],
    ['$name', id],
    ['$nodes', Object.keys(nodes).join(',')],
    ['$extensions', ''],
    ...attributes,
    ['$state', 'ready'],
  ];
  return all.map(([topic, payload = '']) => ({ topic: `${base}/${topic}`, payload }));
};

const valuesOf = (base: string, state: WeatherState): readonly Encoded[] =>
  Object.entries(nodes).flatMap(([node, properties]) =>
    properties.map(({ id, of }) => ({ topic: `${base}/${node}/${id}`, payload: String(of(state)) })),
  );
