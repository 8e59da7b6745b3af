import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';

/** @throws ApertoError `config` for two sites of one id, or of two time zones: a device's local time has one meaning */
export const sitesById = (sites: readonly Site[]): ReadonlyMap<string, Site> => {
  const known = new Map<string, Site>();
  for (const site of sites) {
    if (known.has(site.id))
      throw new ApertoError('config', `--site: two files have the id "${site.id}"; give each its own`);
    known.set(site.id, site);
  }
  const zones = new Set(sites.map(({ timezone }) => timezone));
  if (zones.size > 1) {
    throw new ApertoError(
      'config',
      `--site: time zones ${[...zones].join(' and ')}; run one Aperto for each zone`,
    );
  }
  return known;
};
