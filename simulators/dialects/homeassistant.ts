import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample, SimulatedDevice } from '../sample.ts';
import { type PowerState, phaseNames, type WeatherState } from '../state.ts';
import { type Named, round, type Vendor } from './vendor.ts';

const nodeOf = (site: Site, { id }: Named): string => `${site.id}-${id}`;

/** The maker's own topic, of which nobody could know anything but by the discovery. */
const stateTopicOf = (site: Site, { id }: Named): string => `officina/${site.id}/${id}`;

interface Entity<State> {
  readonly object: string;
  readonly name: string;
  readonly deviceClass: string;
  readonly unit: string;
  readonly of: (state: State) => number;
}

const entity = <State>(
  object: string,
  name: string,
  deviceClass: string,
  unit: string,
  of: Entity<State>['of'],
): Entity<State> => ({ object, name, deviceClass, unit, of });

const sky: readonly Entity<WeatherState>[] = [
  entity('t', 'Air', 'temperature', '°F', (state) => round(state.temperatureC * 1.8 + 32, 100)),
  entity('h', 'Damp', 'humidity', '%', (state) => round(state.humidityPct, 10)),
  entity('p', 'Glass', 'atmospheric_pressure', 'hPa', (state) => round(state.pressureHpa, 10)),
  entity('w', 'Breeze', 'wind_speed', 'km/h', (state) => round(state.windMPerS * 3.6, 100)),
  entity('e', 'Light', 'illuminance', 'lx', (state) => Math.round(state.illuminanceLx)),
  entity('c', 'Breath', 'carbon_dioxide', 'ppm', (state) => Math.round(state.co2Ppm)),
  entity('d', 'Dust', 'pm25', 'µg/m³', (state) => round(state.pm25UgM3, 10)),
];

const power: readonly Entity<PowerState>[] = [
  entity('p', 'Load', 'power', 'kW', (state) => round(state.activePowerW / 1000, 10_000)),
  entity('s', 'Apparent', 'apparent_power', 'VA', (state) => round(state.apparentPowerVa, 1)),
  entity('q', 'Reactive', 'reactive_power', 'var', (state) => round(state.reactivePowerVar, 1)),
  entity('u', 'Mains', 'voltage', 'V', (state) => round(state.voltageV, 10)),
  entity('i', 'Amps', 'current', 'mA', (state) => Math.round(state.currentA * 1000)),
  entity('import', 'Energy', 'energy', 'kWh', (state) => round(state.energyImportWh / 1000, 1000)),
  entity('export', 'Energy exported', 'energy', 'kWh', (state) => round(state.energyExportWh / 1000, 1000)),
];

/**
 * A maker's own topics, described by Home Assistant discovery [Home Assistant documentation: MQTT discovery]: one
 * object of short keys, of which only the discovery tells what they are. A seat says ON and OFF.
 */
export const homeAssistant: Vendor = {
  covers: ['weather', 'meter', 'seat'],
  identities: (site, device) => [nodeOf(site, device)],
  speak: (site): Dialect => ({
    hello: (_, first) => configsOf(site, first),
    encode: (_, { device, state }) => {
      const payload = payloadOf(state);
      return payload === undefined ? [] : [{ topic: stateTopicOf(site, device), payload }];
    },
    will: () => undefined,
  }),
};

const configsOf = (site: Site, { device, state }: Sample): readonly Encoded[] => {
  if (state.kind === 'seat') return [seatConfig(site, device)];
  const sensor = (key: string, each: Entity<never>) =>
    config(site, device, 'sensor', key, {
      name: each.name,
      dev_cla: each.deviceClass,
      unit_of_meas: each.unit,
      stat_cla: each.deviceClass === 'energy' ? 'total_increasing' : 'measurement',
      val_tpl: `{{ value_json.${key} }}`,
    });
  if (state.kind === 'weather') return sky.map((each) => sensor(each.object, each));
  if (state.kind !== 'meter') return [];
  const phases = phaseNames.flatMap((phase, index) =>
    state.phases[phase] === undefined
      ? []
      : power.map((each) => sensor(`l${index + 1}_${each.object}`, each)),
  );
  return [...power.map((each) => sensor(each.object, each)), ...phases];
};

const seatConfig = (site: Site, device: SimulatedDevice): Encoded =>
  config(site, device, 'binary_sensor', 'taken', { name: 'Taken', dev_cla: 'occupancy' });

/** Abbreviated, and with the base topic for the tilde, as most firmware writes it to save room. */
const config = (
  site: Site,
  device: SimulatedDevice,
  component: string,
  object: string,
  settings: object,
): Encoded => {
  const node = nodeOf(site, device);
  return {
    topic: `homeassistant/${component}/${node}/${object}/config`,
    payload: JSON.stringify({
      '~': stateTopicOf(site, device),
      uniq_id: `${node}_${object}`,
      stat_t: '~',
      ...settings,
      dev: { ids: [node], name: `Street ${device.id}`, mf: 'Officina', mdl: 'O-1' },
    }),
  };
};

const payloadOf = (state: Sample['state']): string | undefined => {
  if (state.kind === 'seat') return state.occupied ? 'ON' : 'OFF';
  if (state.kind === 'weather')
    return JSON.stringify(Object.fromEntries(sky.map(({ object, of }) => [object, of(state)])));
  if (state.kind !== 'meter') return undefined;
  const figures = (prefix: string, of: PowerState) =>
    power.map((each) => [`${prefix}${each.object}`, each.of(of)] as const);
  const phases = phaseNames.flatMap((phase, index) => {
    const own = state.phases[phase];
    return own === undefined ? [] : figures(`l${index + 1}_`, own);
  });
  return JSON.stringify(Object.fromEntries([...figures('', state.total), ...phases]));
};
