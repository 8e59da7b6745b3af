import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import type { MeterState, PhaseName, PowerState, State } from '../state.ts';
import { phaseNames } from '../state.ts';
import { addressOf, isThreePhase, type Named, round, type Vendor } from './vendor.ts';

/** Zones are components that the owner adds; their numbers begin here. */
const zone = 200;
const models = { seat: 'shellypresenceg4', weather: 'shellyhtg3' } as const;

/** The default topic prefix is the device id: model and hardware address. A meter's model depends on its phases. */
const prefixOf = (site: string, { id, kind }: Named): string => {
  const model = kind === 'seat' || kind === 'weather' ? models[kind] : 'shellypro3em';
  return `${model}-${addressOf(12, 'shelly', site, id)}`;
};

/**
 * Shelly Gen2 and later [Shelly API documentation: RPC notifications, MQTT service]: `NotifyStatus` with the
 * components that changed and the time in seconds. A three-phase meter is `em:0` and `emdata:0`, any other a
 * `pm1:0`, whose `aenergy` counts what was given back too.
 */
export const shelly: Vendor = {
  covers: ['meter', 'seat', 'weather'],
  identities: (site, device) => {
    const prefix = prefixOf(site.id, device);
    return device.kind === 'seat' ? [`${prefix}/presencezone:${zone}`, prefix] : [prefix];
  },
  speak: (site): Dialect => ({
    hello: (id, { device }) => [{ topic: `${prefixOf(id, device)}/online`, payload: 'true' }],
    encode: (id, { clock, device, state }) => {
      const components = componentsOf(state, isThreePhase(site, device));
      return components === undefined ? [] : [notify(prefixOf(id, device), clock, components)];
    },
    will: (id, device) => ({ topic: `${prefixOf(id, device)}/online`, payload: 'false' }),
  }),
};

type Components = Readonly<Record<string, object>>;

const notify = (prefix: string, clock: Sample['clock'], components: Components): Encoded => ({
  topic: `${prefix}/events/rpc`,
  payload: JSON.stringify({
    src: prefix,
    dst: `${prefix}/events`,
    method: 'NotifyStatus',
    params: { ts: round(clock / 1000, 1000), ...components },
  }),
});

const componentsOf = (state: State, threePhase: boolean): Components | undefined => {
  switch (state.kind) {
    case 'meter':
      return threePhase ? emOf(state) : pm1Of(state.total);
    case 'seat':
      return {
        [`presencezone:${zone}`]: { id: zone, value: state.occupied, num_objects: state.occupied ? 1 : 0 },
      };
    case 'weather':
      return {
        'temperature:0': {
          id: 0,
          tC: round(state.temperatureC, 10),
          tF: round(state.temperatureC * 1.8 + 32, 10),
        },
        'humidity:0': { id: 0, rh: round(state.humidityPct, 10) },
        'illuminance:0': { id: 0, lux: Math.round(state.illuminanceLx) },
      };
    case 'status':
      return state.signalDbm === undefined ? undefined : { wifi: { rssi: Math.round(state.signalDbm) } };
    default:
      return undefined;
  }
};

const pm1Of = (power: PowerState): Components => ({
  'pm1:0': {
    id: 0,
    voltage: round(power.voltageV, 10),
    current: round(power.currentA, 1000),
    apower: round(power.activePowerW, 10),
    freq: round(power.frequencyHz, 10),
    aenergy: { total: round(power.energyImportWh + power.energyExportWh, 1000) },
    ret_aenergy: { total: round(power.energyExportWh, 1000) },
  },
});

const emOf = ({ total, phases }: MeterState): Components => {
  const em: Record<string, number | null> = { id: 0 };
  const emdata: Record<string, number> = { id: 0 };
  for (const name of phaseNames) {
    const power = phases[name];
    if (power === undefined) continue;
    Object.assign(em, phaseOf(name, power));
    emdata[`${name}_total_act_energy`] = round(power.energyImportWh, 100);
    emdata[`${name}_total_act_ret_energy`] = round(power.energyExportWh, 100);
  }
  em.n_current = null;
  em.total_current = round(total.currentA, 1000);
  em.total_act_power = round(total.activePowerW, 1000);
  em.total_aprt_power = round(total.apparentPowerVa, 1000);
  emdata.total_act = round(total.energyImportWh, 100);
  emdata.total_act_ret = round(total.energyExportWh, 100);
  return { 'em:0': em, 'emdata:0': emdata };
};

const phaseOf = (name: PhaseName, power: PowerState): Readonly<Record<string, number>> => ({
  [`${name}_current`]: round(power.currentA, 1000),
  [`${name}_voltage`]: round(power.voltageV, 10),
  [`${name}_act_power`]: round(power.activePowerW, 10),
  [`${name}_aprt_power`]: round(power.apparentPowerVa, 10),
  [`${name}_pf`]: round(power.powerFactor, 100),
  [`${name}_freq`]: round(power.frequencyHz, 10),
});
