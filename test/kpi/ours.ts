import { apHealthParts, heardWindows } from '../../kpi/ap-health.ts';
import { energyParts, type MeterReports } from '../../kpi/energy.ts';
import type { Timed } from '../../kpi/evidence.ts';
import type { Window } from '../../kpi/figure.ts';
import { gateChanges, gateParts, resetOf } from '../../kpi/gate.ts';
import { type Grid, gridOf, minuteMs, quarterMs } from '../../kpi/grid.ts';
import { healthParts } from '../../kpi/health.ts';
import { mergeParts, type Part } from '../../kpi/part.ts';
import { type PartName, type PartOf, parts } from '../../kpi/parts.ts';
import { presenceParts, seatChanges } from '../../kpi/presence.ts';
import { probeParts } from '../../kpi/probe.ts';
import { seatParts, seatStates } from '../../kpi/seat.ts';
import { sessionParts, sessionsOf } from '../../kpi/session.ts';
import { defaultKpiSettings as settings } from '../../kpi/settings.ts';
import { inOrder, type Report } from '../../kpi/state.ts';
import { wifiParts } from '../../kpi/wifi.ts';
import { bands } from '../../model/access-point.ts';
import type { Point } from '../../model/point.ts';
import type { Device, Site } from '../../model/site.ts';
import { rome } from './support.ts';

/** Quarter hours of one device, or of a group. */
export interface Row<N extends PartName> extends Timed<N> {
  readonly device: string;
  readonly zone: string;
}
export type Rows = { readonly [N in PartName]: readonly Row<N>[] };

/** Reports by series: measurement, device and own tag. */
export class Told {
  private readonly series = new Map<string, Report[]>();

  constructor(points: Iterable<Point> = []) {
    this.add(points);
  }

  add(points: Iterable<Point>): void {
    for (const { measurement, tags, time, fields } of points) {
      const key = [measurement, tags.device, tags.phase ?? tags.band ?? ''].join(' ');
      const series = this.series.get(key) ?? [];
      if (series.length === 0) this.series.set(key, series);
      series.push({ time, fields });
    }
  }

  of(measurement: string, device: string, own = ''): readonly Report[] {
    return this.series.get([measurement, device, own].join(' ')) ?? [];
  }
}

/** All parts of a site in a window: made in minutes, joined to quarter hours. */
export const rowsOf = (site: Site, told: Told, window: Window): Rows => {
  const grid = gridOf(window, minuteMs);
  const ordered = (measurement: string, device: string, own?: string) =>
    inOrder(told.of(measurement, device, own));
  const seats = site.seats.map((device) => {
    const states = [...seatStates(ordered('occupancy', device.id), site.max_silence_s.seat * 1000)];
    return { device, states, parts: seatParts(states, grid) };
  });
  const silent = (kind: Device['kind']): number => site.max_silence_s[kind] * 1000;
  const everything = [...site.devices.values()].map(({ id, kind }) => ({
    reports: ordered(mainOf(kind), id, kind === 'meter' ? 'total' : ''),
    maxSilenceMs: silent(kind),
  }));
  const gates = site.counters.map(({ id }) => ({
    reports: ordered('occupancy', id),
    maxSilenceMs: silent('counter'),
  }));
  return {
    seat: seats.flatMap(({ device, parts: made }) => quarters('seat', made, grid, device)),
    session: seats.flatMap(({ device, states }) =>
      timed(
        'session',
        sessionParts(sessionsOf(states, settings), gridOf(window, quarterMs)),
        window.from,
        device,
      ),
    ),
    presence: presenceRows(site, seats, gates, grid),
    gate: site.counters.flatMap((device) =>
      quarters('gate', gateParts(ordered('occupancy', device.id), silent('counter'), grid), grid, device),
    ),
    wifi: site.access_points.flatMap((device) => [
      ...bands.flatMap((band) => {
        const made = wifiParts(
          ordered('radio', device.id, band),
          band,
          silent('access-point'),
          grid,
          settings,
        );
        return quarters('wifi', made, grid, device);
      }),
      ...quarters(
        'wifi',
        apHealthParts(
          ordered('access_point', device.id),
          silent('access-point'),
          grid,
          heardWindows(everything),
          settings,
        ),
        grid,
        { ...device, id: `${device.id}/all` },
      ),
    ]),
    probe: site.probes.flatMap((device) =>
      quarters('probe', probeParts(ordered('probe', device.id), silent('probe'), grid), grid, device),
    ),
    energy: site.meters.flatMap((device) => {
      const meter: MeterReports = {
        total: ordered('power', device.id, 'total'),
        a: ordered('power', device.id, 'a'),
        b: ordered('power', device.id, 'b'),
        c: ordered('power', device.id, 'c'),
      };
      const made = energyParts(meter, grid, { maxSilenceMs: silent('meter'), local: rome, settings });
      return quarters('energy', made, grid, device);
    }),
    health: site.seats.flatMap((device) => {
      const made = healthParts(
        ordered('occupancy', device.id),
        ordered('device_health', device.id),
        silent('seat'),
        grid,
      );
      return quarters('health', made, grid, device);
    }),
  };
};

export const mainOf = (kind: Device['kind']): string =>
  ({
    seat: 'occupancy',
    counter: 'occupancy',
    'access-point': 'access_point',
    probe: 'probe',
    meter: 'power',
    weather: 'weather',
  })[kind];

type Placed = Pick<Device, 'id' | 'zone'>;

const timed = <N extends PartName>(
  _: N,
  made: readonly PartOf<N>[],
  from: number,
  { id, zone }: Placed,
  everyMs = quarterMs,
): readonly Row<N>[] => made.map((part, index) => ({ time: from + index * everyMs, part, device: id, zone }));

const quarters = <N extends PartName>(
  name: N,
  made: readonly PartOf<N>[],
  grid: Grid,
  device: Placed,
): readonly Row<N>[] => {
  const definition: (typeof parts)[N] = parts[name];
  const joined = Array.from({ length: Math.ceil(made.length / 15) }, (_, index) => {
    const minutes: readonly Part<(typeof parts)[N]>[] = made.slice(15 * index, 15 * index + 15);
    return mergeParts(definition, minutes);
  });
  return timed(name, joined, grid.from, device);
};

const presenceRows = (
  site: Site,
  seats: readonly { readonly device: Placed; readonly states: Parameters<typeof seatChanges>[0] }[],
  gates: Parameters<typeof gateChanges>[0],
  grid: Grid,
): readonly Row<'presence'>[] => {
  const capacity = site.zones.reduce((sum, zone) => sum + zone.capacity, 0);
  const ofSeats = (id: string, members: typeof seats, people: number): readonly Row<'presence'>[] => {
    const group = { devices: members.length, capacity: people, source: 'seats' as const };
    const changes = members.flatMap(({ states }) => [...seatChanges(states)]);
    const made = presenceParts(changes, group, grid, settings);
    return quarters('presence', made, grid, { id: '', zone: id }).map((row) => ({ ...row, source: 'seats' }));
  };
  const days = rome.daysOf({ from: grid.from - 86_400_000, to: grid.from + grid.count * grid.everyMs });
  const changes = gateChanges(
    gates,
    days.map((day) => resetOf(rome, day, settings.resetHour)),
  );
  const counted = { devices: gates.length, capacity, source: 'counters' as const };
  const made = presenceParts(changes, counted, grid, settings);
  return [
    ...ofSeats('', seats, capacity),
    ...site.zones.flatMap((zone) =>
      ofSeats(
        zone.id,
        seats.filter(({ device }) => device.zone === zone.id),
        zone.capacity,
      ),
    ),
    ...quarters('presence', made, grid, { id: '', zone: '' }).map((row) => ({
      ...row,
      source: 'counters' as const,
    })),
  ];
};
