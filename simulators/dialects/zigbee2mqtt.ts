import type { Dialect, Encoded } from '../dialect.ts';
import type { Sample } from '../sample.ts';
import type { MeterState, PowerState } from '../state.ts';
import { addressOf, isThreePhase, type Named, round, type Vendor } from './vendor.ts';

/** The friendly name, which may have slashes. */
const nameOf = (site: string, { id }: Named): string => `${site}/${id}`;
const topicOf = (site: string, device: Named): string => `zigbee2mqtt/${nameOf(site, device)}`;

type Attributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Zigbee2MQTT [Zigbee2MQTT documentation: MQTT topics, exposes; `last_seen: ISO_8601`]: one object with all
 * attributes that changed. Every other seat has a PIR (`occupancy`), the others a radar (`presence`). Plugs and
 * clamps count in kWh; `voltage` is that of the mains there and millivolts of the battery on a sensor.
 */
export const zigbee2mqtt: Vendor = {
  covers: ['seat', 'meter'],
  identities: (site, device) => [nameOf(site.id, device)],
  speak: (site): Dialect => ({
    hello: (name, { device }) => [availability(name, device, 'online')],
    encode: (name, sample) => {
      const attributes = attributesOf(name, sample, isThreePhase(site, sample.device));
      if (attributes === undefined) return [];
      const last_seen = new Date(sample.clock).toISOString();
      const linkquality = linkQualityOf(name, sample);
      return [
        {
          topic: topicOf(name, sample.device),
          payload: JSON.stringify({ ...attributes, last_seen, linkquality }),
        },
      ];
    },
    will: (name, device) => availability(name, device, 'offline'),
  }),
};

const availability = (site: string, device: Named, state: 'online' | 'offline'): Encoded => ({
  topic: `${topicOf(site, device)}/availability`,
  payload: JSON.stringify({ state }),
});

/** 0 to 255: of the level where the device told it, else what its place gives. */
const linkQualityOf = (site: string, { device, state }: Sample): number => {
  const placeDbm = -60 - (Number.parseInt(addressOf(2, site, device.id), 16) % 28);
  const signalDbm = state.kind === 'status' ? (state.signalDbm ?? placeDbm) : placeDbm;
  return Math.max(0, Math.min(255, Math.round((signalDbm + 100) * 6)));
};

const attributesOf = (
  site: string,
  { device, state }: Sample,
  threePhase: boolean,
): Attributes | undefined => {
  switch (state.kind) {
    case 'seat':
      return { [isRadar(site, device) ? 'presence' : 'occupancy']: state.occupied };
    case 'meter':
      return threePhase ? clampOf(state) : plugOf(state.total);
    case 'status':
      return state.batteryPct === undefined || state.batteryV === undefined
        ? undefined
        : { battery: Math.round(state.batteryPct), voltage: Math.round(state.batteryV * 1000) };
    default:
      return undefined;
  }
};

const isRadar = (site: string, { id }: Named): boolean =>
  Number.parseInt(addressOf(1, 'radar', site, id), 16) % 2 === 0;

const plugOf = (power: PowerState): Attributes => ({
  state: 'ON',
  power: round(power.activePowerW, 10),
  voltage: round(power.voltageV, 10),
  current: round(power.currentA, 100),
  power_factor: round(power.powerFactor, 100),
  ac_frequency: round(power.frequencyHz, 100),
  energy: round(power.energyImportWh / 1000, 1000),
  produced_energy: round(power.energyExportWh / 1000, 1000),
});

const clampOf = ({ total, phases }: MeterState): Attributes => {
  const attributes: Record<string, number> = {
    power: round(total.activePowerW, 1),
    energy: round(total.energyImportWh / 1000, 100),
    produced_energy: round(total.energyExportWh / 1000, 100),
    ac_frequency: round(total.frequencyHz, 100),
  };
  for (const [phase, power] of Object.entries(phases)) {
    attributes[`power_phase_${phase}`] = round(power.activePowerW, 1);
    attributes[`voltage_phase_${phase}`] = round(power.voltageV, 10);
    attributes[`current_phase_${phase}`] = round(power.currentA, 100);
    attributes[`power_factor_phase_${phase}`] = round(power.powerFactor, 100);
  }
  return attributes;
};
