import type { Reading } from '../model/point.ts';
import type { Device, Site } from '../model/site.ts';
import { type Rejected, rejected } from './decode/decoded.ts';

/** A device of a site file. */
export interface Placed {
  readonly kind: 'placed';
  readonly site: Site;
  readonly device: Device;
}

/** Who is who: native topics name site and device; a vendor's identity is the `source` of a device in a site file. */
export class Inventory {
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #sources = new Map<string, Placed>();

  constructor(sites: ReadonlyMap<string, Site>) {
    this.#sites = sites;
    for (const site of sites.values()) {
      for (const device of site.devices.values()) {
        for (const source of device.sources ?? [])
          this.#sources.set(source, { kind: 'placed', site, device });
      }
    }
  }

  /** The device that a reading is of. Rejects with `unknown_site`, `unknown_device`. */
  find({ site: siteId, device: identity }: Reading): Placed | Rejected {
    if (siteId === undefined) {
      const placed = this.#sources.get(identity);
      return placed ?? rejected('unknown_device', `no site file has a device with the source "${identity}"`);
    }
    const site = this.#sites.get(siteId);
    if (site === undefined) return rejected('unknown_site', `no site "${siteId}" is configured`);
    const device = site.devices.get(identity);
    if (device === undefined) {
      return rejected(
        'unknown_device',
        `site ${site.id} has no device "${identity}"; add it to the site file`,
      );
    }
    return { kind: 'placed', site, device };
  }
}
