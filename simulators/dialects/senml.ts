import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import type { WeatherState } from '../state.ts';
import { type Named, round, type Vendor } from './vendor.ts';

/** A device name of the kind `os` [RFC 9039 §4.3]; 32473 is the number for examples [RFC 5612]. */
export const urnOf = (site: Site, { id }: Named): string => `urn:dev:os:32473-${site.id}-${id}`;

/** SenML in JSON [RFC 8428, units of RFC 8798]: name, time and base values first, then one record a figure. */
export const senml: Vendor = {
  covers: ['weather'],
  identities: (site, device) => [urnOf(site, device)],
  speak: (site): Dialect => ({
    encode: (_, { clock, device, state }) => {
      if (state.kind !== 'weather') return [];
      const [first, ...rest] = recordsOf(state);
      const pack = [{ bn: `${urnOf(site, device)}:`, bt: clock / 1000, ...first }, ...rest];
      return [{ topic: `${site.id}/senml/${device.id}`, payload: JSON.stringify(pack) }];
    },
    will: () => undefined,
  }),
};

/** One record a figure: name, unit, value. */
export const recordsOf = (state: WeatherState) => [
  { n: 'temperature', u: 'Cel', v: round(state.temperatureC, 10) },
  { n: 'humidity', u: '%RH', v: round(state.humidityPct, 10) },
  { n: 'pressure', u: 'hPa', v: round(state.pressureHpa, 10) },
  { n: 'wind_speed', u: 'm/s', v: round(state.windMPerS, 10) },
  { n: 'rain', u: 'mm/h', v: round(state.rainMmH, 10) },
  { n: 'illuminance', u: 'lx', v: Math.round(state.illuminanceLx) },
  { n: 'co2', u: 'ppm', v: Math.round(state.co2Ppm) },
];
