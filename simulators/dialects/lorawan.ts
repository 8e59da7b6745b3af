import type { Site } from '../../model/site.ts';
import { type MeterState, type PowerState, phaseNames, type State, type WeatherState } from '../state.ts';
import { addressOf, isThreePhase, type Named, round } from './vendor.ts';

/** What a network server knows of a device, whichever server it is. */
export interface LorawanDevice {
  /** 16 hexadecimal digits, in lower case. */
  readonly devEui: string;
  readonly brand: string;
  readonly model: string;
}

/** A decoded object, as the codec of the model writes it. */
export type Decoded = Readonly<Record<string, string | number>>;

/** Kinds that the models below measure. */
export const lorawanKinds = ['seat', 'counter', 'meter', 'weather'] as const;

export const devEuiOf = (server: string, site: string, { id }: Named): string =>
  `24e124${addressOf(10, server, site, id)}`;

/** Meters with more than one phase, or that give back: none of Milesight's sockets can. */
const isPlain = (site: Site, device: Named): boolean => {
  const meter = site.meters.find(({ id }) => id === (device.twin ?? device.id));
  return !isThreePhase(site, device) && meter?.role === 'circuit';
};

export const modelOf = (site: Site, device: Named): Pick<LorawanDevice, 'brand' | 'model'> => {
  const milesight = (model: string) => ({ brand: 'milesight-iot', model });
  switch (device.kind) {
    case 'seat':
      return milesight(isRadar(site, device) ? 'vs340' : 'ws202');
    case 'counter':
      return milesight('vs133');
    case 'weather':
      return milesight('am319');
    default:
      return isPlain(site, device) ? milesight('ws523') : { brand: 'quadro', model: 'three-phase-meter' };
  }
};

const isRadar = (site: Site, { id }: Named): boolean =>
  Number.parseInt(addressOf(1, 'vs340', site.id, id), 16) % 2 === 0;

/** What the codec of the device's model makes of a sample, or nothing. */
export const decodedOf = (site: Site, device: Named, state: State): Decoded | undefined => {
  switch (state.kind) {
    case 'seat':
      return isRadar(site, device)
        ? { occupancy: state.occupied ? 'occupied' : 'vacant' }
        : { pir: state.occupied ? 'trigger' : 'normal' };
    case 'counter':
      return { line_1_total_in: state.inTotal, line_1_total_out: state.outTotal };
    case 'meter':
      return isPlain(site, device) ? socketOf(state.total) : meterOf(state);
    case 'weather':
      return ambienceOf(state);
    case 'status':
      return state.batteryPct === undefined ? undefined : { battery: Math.round(state.batteryPct) };
    default:
      return undefined;
  }
};

/** WS523: mA, Wh and a power factor in per cent. */
const socketOf = (power: PowerState): Decoded => ({
  socket_status: 'on',
  voltage: round(power.voltageV, 10),
  active_power: Math.max(0, Math.round(power.activePowerW)),
  power_factor: Math.round(power.powerFactor * 100),
  power_consumption: Math.round(power.energyImportWh),
  current: Math.round(power.currentA * 1000),
});

/** A codec of the integrator's own, which says its units. */
const meterOf = ({ total, phases }: MeterState): Decoded => {
  const decoded: Record<string, number> = {
    active_power_w: round(total.activePowerW, 1),
    reactive_power: round(total.reactivePowerVar, 1),
    frequency: round(total.frequencyHz, 100),
    energy_import_kwh: round(total.energyImportWh / 1000, 100),
    energy_export_kwh: round(total.energyExportWh / 1000, 100),
  };
  for (const [index, name] of phaseNames.entries()) {
    const power = phases[name];
    if (power === undefined) continue;
    decoded[`active_power_l${index + 1}`] = round(power.activePowerW, 1);
    decoded[`voltage_l${index + 1}`] = round(power.voltageV, 10);
    decoded[`current_l${index + 1}`] = round(power.currentA, 1000);
  }
  return decoded;
};

/** AM319, without what the mast does not measure. */
const ambienceOf = (state: WeatherState): Decoded => ({
  temperature: round(state.temperatureC, 10),
  humidity: round(state.humidityPct, 2),
  pressure: round(state.pressureHpa, 10),
  co2: Math.round(state.co2Ppm),
  pm2_5: Math.round(state.pm25UgM3),
});

/** How the best gateway heard the device: as the device's own radio does where it told it, else as its place gives. */
export const linkOf = (site: Site, { id }: Named, state: State): { rssi: number; snr: number } => {
  const placeDbm = -75 - (Number.parseInt(addressOf(2, 'link', site.id, id), 16) % 35);
  const rssi = state.kind === 'status' ? Math.round(state.signalDbm ?? placeDbm) : placeDbm;
  return { rssi, snr: round((rssi + 118) / 4, 10) };
};
