import { createHash } from 'node:crypto';
import type { Site } from '../../model/site.ts';
import type { PlacedKind } from '../../model/topic.ts';
import type { Dialect } from '../dialect.ts';

/** A vendor, or a format that several share. */
export interface Vendor {
  /** The kinds of devices that it sells. */
  readonly covers: readonly PlacedKind[];
  /** By what its messages know a device: the `source` of that device in a site file. */
  readonly identities: (site: Site, device: Named) => readonly string[];
  /** A dialect for one run. */
  readonly speak: (site: Site) => Dialect;
}

export interface Named {
  readonly id: string;
  readonly kind: PlacedKind;
  /** Of a replica: the device of the site file that it repeats. */
  readonly twin?: string;
}

/**
 * An address that the vendor would have burnt in: so many hexadecimal digits, always the same for a name. It is no
 * address of anybody, because it is drawn from a hash.
 */
export const addressOf = (digits: number, ...names: readonly string[]): string =>
  createHash('sha256').update(names.join('/')).digest('hex').slice(0, digits);

/** A hardware address with colons. `02` says that it is locally administered: no vendor burnt it into anything. */
export const hardwareAddressOf = (...names: readonly string[]): string =>
  ['02', ...(addressOf(10, ...names).match(/../g) ?? [])].join(':');

/** Rounds to steps of 1 / `parts`; never gives a negative zero. */
export const round = (value: number, parts: number): number => Math.round(value * parts) / parts + 0;

/** True where the meter has three phases. */
export const isThreePhase = (site: Site, { id, twin = id }: Named): boolean =>
  site.meters.some((meter) => meter.id === twin && meter.phases.length > 1);
