import type { Device, Entry, Site, Zone } from '../api/types.ts';
import type { LiveStore } from '../live/store.ts';

export type SeatState = 'free' | 'taken' | 'unknown';

/** What the plan and its table show; now, or at a moment of a day that is looked at again. */
export interface PlanSource {
  seat(device: string): SeatState;
}

export interface SeatCounts {
  readonly seats: number;
  readonly free: number;
  readonly taken: number;
  readonly unknown: number;
}

export const liveSource = (live: LiveStore): PlanSource => ({
  seat: (device) => {
    const entry = live.find(device, 'occupancy', 'seat');
    if (!live.isKnown(entry) || entry.fields.occupied === undefined) return 'unknown';
    return entry.fields.occupied === 1 ? 'taken' : 'free';
  },
});

export const seatsOf = (site: Site, zone?: string): readonly Device[] =>
  site.devices.filter((device) => device.kind === 'seat' && (zone === undefined || device.zone === zone));

export const devicesOf = (site: Site, kind: Device['kind']): readonly Device[] =>
  site.devices.filter((device) => device.kind === kind);

export const countSeats = (seats: readonly Device[], source: PlanSource): SeatCounts => {
  const counts = { seats: seats.length, free: 0, taken: 0, unknown: 0 };
  for (const { id } of seats) counts[source.seat(id)]++;
  return counts;
};

export interface AccessPointLoad {
  readonly clients: number;
  /** Of the busiest radio. */
  readonly busyPct: number | undefined;
  /** Of the clients, those with enough signal, 0 to 1. */
  readonly covered: number | undefined;
}

const sum = (entries: readonly Entry[], field: string): number =>
  entries.reduce((total, { fields }) => total + (fields[field] ?? 0), 0);

/** How loaded an access point is; `undefined` while it is silent. */
export const loadOf = (live: LiveStore, { id, bands = [] }: Device): AccessPointLoad | undefined => {
  const whole = live.find(id, 'access_point');
  const radios = bands.map((band) => live.find(id, 'radio', band)).filter((entry) => live.isKnown(entry));
  if (!live.isKnown(whole) && radios.length === 0) return undefined;
  const busy = radios.map(({ fields }) => fields.utilization_pct).filter((value) => value !== undefined);
  const clients = sum(radios, 'clients');
  return {
    clients: whole?.fields.clients ?? clients,
    busyPct: busy.length === 0 ? undefined : Math.max(...busy),
    covered: clients === 0 ? undefined : 1 - sum(radios, 'clients_weak') / clients,
  };
};

/** Watts of a meter; `undefined` while it is silent. */
export const wattsOf = (live: LiveStore, meter: string): number | undefined => {
  const total = live.find(meter, 'power', 'total');
  return live.isKnown(total) ? total.fields.active_power_w : undefined;
};

/** The corner of a zone that a label stands in. */
export const cornerOf = ({ area }: Zone): readonly [number, number] => [
  Math.min(...area.map(([x]) => x)),
  Math.max(...area.map(([, y]) => y)),
];

export const sumWatts = (live: LiveStore, meters: readonly Device[]): number | undefined => {
  const known = meters.map(({ id }) => wattsOf(live, id)).filter((watts) => watts !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, watts) => total + watts, 0);
};
