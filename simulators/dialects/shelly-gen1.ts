import type { Site } from '../../model/site.ts';
import type { Dialect, Encoded } from '../dialect.ts';
import { type MeterState, type PowerState, phaseNames } from '../state.ts';
import { addressOf, isThreePhase, type Named, type Vendor } from './vendor.ts';

/** Model and hardware address; that of the smaller one is cut to its last half. */
const nameOf = (site: Site, device: Named): string => {
  const address = addressOf(12, 'shelly-gen1', site.id, device.id).toUpperCase();
  return isThreePhase(site, device) ? `shellyem3-${address}` : `shellyem-${address.slice(6)}`;
};

/**
 * Shelly's first generation [Shelly API documentation, Gen1: Shelly EM, Shelly 3EM]: one figure a topic, as text
 * and without a time. A 3EM has an `emeter` for each phase and none for the sum.
 */
export const shellyGen1: Vendor = {
  covers: ['meter'],
  identities: (site, device) => [nameOf(site, device)],
  speak: (site): Dialect => {
    const online = (device: Named, payload: string): Encoded => ({
      topic: `shellies/${nameOf(site, device)}/online`,
      payload,
    });
    return {
      hello: (_, { device }) => [online(device, 'true')],
      encode: (_, { device, state }) =>
        state.kind === 'meter' ? emetersOf(nameOf(site, device), state, isThreePhase(site, device)) : [],
      will: (_, device) => online(device, 'false'),
    };
  },
};

const emetersOf = (name: string, { total, phases }: MeterState, threePhase: boolean): readonly Encoded[] => {
  if (!threePhase) return emeterOf(name, 0, total);
  return phaseNames.flatMap((phase, index) => {
    const power = phases[phase];
    return power === undefined ? [] : emeterOf(name, index, power);
  });
};

const emeterOf = (name: string, index: number, power: PowerState): readonly Encoded[] => {
  const texts = {
    power: power.activePowerW.toFixed(2),
    reactive_power: power.reactivePowerVar.toFixed(2),
    pf: power.powerFactor.toFixed(2),
    current: power.currentA.toFixed(2),
    voltage: power.voltageV.toFixed(2),
    total: power.energyImportWh.toFixed(1),
    total_returned: power.energyExportWh.toFixed(1),
  };
  return Object.entries(texts).map(([quantity, payload]) => ({
    topic: `shellies/${name}/emeter/${index}/${quantity}`,
    payload,
  }));
};
