import { ApertoError } from '../../model/errors.ts';
import type { Tags } from '../../model/point.ts';
import type { Site } from '../../model/site.ts';
import { type PlacedKind, placedKinds } from '../../model/topic.ts';
import type { Evidence } from '../evidence.ts';
import type { ByKeys } from '../figure.ts';
import type { ByKey } from '../kpi.ts';
import { type KpiId, kpiOf } from '../kpis.ts';
import type { PartName } from '../parts.ts';

/** A group of devices that gets rows of its own. */
export interface Group extends Pick<Evidence, 'by' | 'devices' | 'capacity'> {
  /** Whether a series of a part belongs to it. */
  holds(part: PartName, tags: Tags): boolean;
}

interface Member {
  readonly id: string;
  readonly kind: PlacedKind | 'radio';
  readonly zone: string;
  readonly band?: string;
}

/**
 * The groups of a site for which rows are asked, in the order of the site file; the site itself where nothing is.
 * @throws ApertoError `usage` for a key that the figure does not have
 */
export const groupsOf = (site: Site, kpi: KpiId, by: readonly ByKey[]): readonly Group[] => {
  const allowed = kpiOf(kpi).by;
  for (const key of by) {
    if (!allowed.includes(key)) {
      const known =
        allowed.length === 0 ? 'it speaks of the whole site alone' : `it has ${allowed.join(', ')}`;
      throw new ApertoError('usage', `by: ${kpi} has no rows by ${key}; ${known}`);
    }
  }
  const members = membersOf(site, kpi, by);
  if (by.length === 0) return [toGroup(site, kpi, {}, members)];
  const groups = new Map<string, { by: ByKeys; members: Member[] }>();
  for (const member of members) {
    const keys = keysOf(member, by);
    const name = JSON.stringify(keys);
    const group = groups.get(name) ?? { by: keys, members: [] };
    groups.set(name, group);
    group.members.push(member);
  }
  return [...groups.values()].map((group) => toGroup(site, kpi, group.by, group.members));
};

const keysOf = ({ id, zone, band }: Member, by: readonly ByKey[]): ByKeys => {
  const keys: Record<string, string> = {};
  for (const key of by) {
    if (key === 'zone') keys.zone = zone;
    else if (key === 'band') keys.band = band ?? '';
    else keys[key] = id;
  }
  return keys;
};

/** The devices that a figure speaks about. */
const membersOf = (site: Site, kpi: KpiId, by: readonly ByKey[]): readonly Member[] => {
  const { parts } = kpiOf(kpi);
  const of = (kind: PlacedKind): readonly Member[] =>
    [...site.devices.values()].filter((device) => device.kind === kind);
  const members: Member[] = [];
  const wants = (...names: readonly PartName[]): boolean => names.some((name) => parts.includes(name));
  if (wants('health')) return placedKinds.flatMap(of);
  if (wants('seat', 'session', 'presence') && !by.includes('device')) members.push(...of('seat'));
  if (wants('presence', 'gate') && by.length === 0) members.push(...of('counter'));
  if (wants('wifi')) members.push(...(kpi === 'wifi_ap_health' ? of('access-point') : radiosOf(site)));
  if (wants('probe')) members.push(...of('probe'));
  if (wants('energy')) {
    const isWanted = (role: string): boolean => by.includes('device') || role === 'feed';
    const meters = new Set(site.meters.filter(({ role }) => isWanted(role)).map(({ id }) => id));
    members.push(...of('meter').filter(({ id }) => meters.has(id)));
  }
  return members;
};

const radiosOf = ({ access_points }: Site): readonly Member[] =>
  access_points.flatMap(({ id, zone, bands }) =>
    bands.map((band): Member => ({ id, kind: 'radio', zone, band })),
  );

const toGroup = (site: Site, kpi: KpiId, by: ByKeys, members: readonly Member[]): Group => {
  const devices: Record<string, number> = {};
  for (const { kind } of members) devices[kind] = (devices[kind] ?? 0) + 1;
  // The base load of a meter is that of the time in which the site is empty, as its seats or counters tell.
  if (kpi === 'base_load') Object.assign(devices, { seat: site.seats.length, counter: site.counters.length });
  const known = new Set(members.map(({ id, band }) => `${id} ${band ?? ''}`));
  const zone = members.some(({ kind }) => kind === 'seat') ? by.zone : undefined;
  return {
    by,
    devices,
    capacity: by.seat === undefined ? capacityOf(site, by.zone) : 1,
    holds: (part, tags) => {
      if (part === 'presence') return by.seat === undefined && (tags.zone ?? undefined) === zone;
      if (part === 'wifi')
        return known.has(`${tags.device} ${kpi === 'wifi_ap_health' ? '' : tags.band}`) && isWhole(kpi, tags);
      return known.has(`${tags.device} `);
    },
  };
};

/** The row of an access point as a whole is for its health alone. */
const isWhole = (kpi: KpiId, { band }: Tags): boolean => (band === 'all') === (kpi === 'wifi_ap_health');

const capacityOf = ({ zones }: Site, zone: string | undefined): number =>
  zones
    .filter(({ id }) => zone === undefined || id === zone)
    .reduce((sum, { capacity }) => sum + capacity, 0);
