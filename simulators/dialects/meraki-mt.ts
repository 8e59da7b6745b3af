import type { Site } from '../../model/site.ts';
import type { Dialect } from '../dialect.ts';
import type { WeatherState } from '../state.ts';
import { addressOf, hardwareAddressOf, type Named, round, type Vendor } from './vendor.ts';

const sensorOf = (site: Site, device: Named): string => hardwareAddressOf('meraki-mt', site.id, device.id);

/** One metric a topic, each with its unit as the key. */
const metricsOf = (state: WeatherState): Readonly<Record<string, object>> => ({
  temperature: {
    fahrenheit: round(state.temperatureC * 1.8 + 32, 100),
    celsius: round(state.temperatureC, 10),
  },
  humidity: { humidity: Math.round(state.humidityPct) },
  ambientNoise: { ambientNoise: Math.round(state.noiseDba) },
  CO2: { CO2: Math.round(state.co2Ppm) },
  PM2_5MassConcentration: { PM2_5MassConcentration: Math.round(state.pm25UgM3) },
});

/** Meraki MT sensors [Cisco Meraki: MT MQTT Setup Guide], which their gateway publishes; so none has a will. */
export const merakiMt: Vendor = {
  covers: ['weather'],
  identities: (site, device) => [sensorOf(site, device)],
  speak: (site): Dialect => {
    const base = `meraki/v1/mt/L_${addressOf(12, 'meraki-mt', site.id)}/ble`;
    return {
      encode: (_, { clock, device, state }) => {
        if (state.kind !== 'weather') return [];
        const ts = new Date(clock).toISOString();
        return Object.entries(metricsOf(state)).map(([metric, value]) => ({
          topic: `${base}/${sensorOf(site, device).toUpperCase()}/${metric}`,
          payload: JSON.stringify({ ts, ...value }),
        }));
      },
      will: () => undefined,
    };
  },
};
