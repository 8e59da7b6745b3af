import { ApertoError } from '../model/errors.ts';
import type { Device, Site } from '../model/site.ts';
import type { SimulatedDevice } from './sample.ts';

/** More would need more ports than one address has. */
const devicesMax = 50_000;

/**
 * The devices to simulate. Without a count, those of the site. A smaller count takes them evenly from the site's
 * list, so that all kinds stay; a larger one adds replicas named `S01-2`, `S01-3` and so on, each round one second
 * behind the one before.
 * @throws ApertoError `usage` when there is none, or too many
 */
export const fleetDevices = (site: Site, count = site.devices.size): readonly SimulatedDevice[] => {
  const all = [...site.devices.values()];
  if (all.length === 0) {
    throw new ApertoError('usage', `site ${site.id} has no device to simulate; add some to its site file`);
  }
  if (!Number.isInteger(count) || count < 1 || count > devicesMax) {
    throw new ApertoError(
      'usage',
      `cannot simulate ${count} devices; give a whole number from 1 to ${devicesMax}`,
    );
  }
  const devices: SimulatedDevice[] = [];
  for (let round = 0; devices.length < count; round++) {
    const size = Math.min(all.length, count - devices.length);
    for (let index = 0; index < size; index++) {
      const device = all[Math.floor((index * all.length) / size)];
      if (device !== undefined) devices.push(inRound(device, round));
    }
  }
  return devices;
};

const inRound = ({ id, kind }: Device, round: number): SimulatedDevice => ({
  id: round === 0 ? id : `${id}-${round + 1}`,
  kind,
  twin: id,
  lagMs: round * 1000,
});
