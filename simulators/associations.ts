import type { Site } from '../model/site.ts';
import { type Day, type Interval, minuteMs } from './calendar.ts';
import type { Incident } from './incidents.ts';
import type { OccupancyOfDay } from './occupancy.ts';
import { distance, ranking } from './plan.ts';
import type { Random, Seed } from './random.ts';
import { type FailureCause, failureCauses, perCause, type RadioBand } from './state.ts';
import type { Visit } from './visit.ts';

export type AccessPoint = Site['access_points'][number];
export type IncidentsOf = (accessPoint: string) => readonly Incident[];

/** One client on one radio, from its connection until it leaves. */
export interface Association extends Interval {
  readonly signalDbm: number;
  readonly kbitS: number;
  /** It came over from another access point. */
  readonly roamed?: 'quickly' | 'slowly';
}

/** One try of a client to join a radio: it may fail once and then connect, or never. */
interface Join {
  readonly key: string;
  readonly at: number;
  readonly failure?: FailureCause;
  readonly association?: Association;
}

/** What the clients did to one radio in a day. */
export interface RadioTraffic {
  readonly associations: readonly Association[];
  readonly failures: Readonly<Record<FailureCause, readonly number[]>>;
}

export const radioKey = (accessPoint: string, band: RadioBand): string => `${accessPoint}/${band}`;

const preference: Readonly<Record<RadioBand, number>> = { '2.4': 0.2, '5': 0.55, '6': 0.25 };
/** Higher bands reach less far. */
const pathLossDb: Readonly<Record<RadioBand, number>> = { '2.4': 0, '5': 6, '6': 9 };

/**
 * Phones and laptops of the people on the street, each on the nearest access point; some roam to the second
 * nearest. Each person's devices draw from a stream of their own. By radio.
 */
export const associate = (
  site: Site,
  day: Day,
  occupancy: OccupancyOfDay,
  seed: Seed,
  incidentsOf: IncidentsOf,
): ReadonlyMap<string, RadioTraffic> => {
  const near = ranking(site.access_points);
  const byRadio = new Map<string, Join[]>();
  for (const visit of occupancy.visits) {
    const random = seed.random('clients', visit.origin, visit.ordinal, day.index);
    for (const one of joinsOf(visit, near(visit.at), random, incidentsOf)) {
      const known = byRadio.get(one.key);
      if (known === undefined) byRadio.set(one.key, [one]);
      else known.push(one);
    }
  }
  return new Map(Array.from(byRadio, ([key, own]) => [key, trafficOf(own)]));
};

const trafficOf = (joins: readonly Join[]): RadioTraffic => {
  const failed = (cause: FailureCause): number[] =>
    joins.filter(({ failure }) => failure === cause).map(({ at }) => at);
  return {
    associations: joins.flatMap(({ association }) => association ?? []),
    failures: perCause(failed),
  };
};

const joinsOf = (
  visit: Visit,
  near: readonly AccessPoint[],
  random: Random,
  incidentsOf: IncidentsOf,
): Join[] => {
  const [first, second] = near;
  if (first === undefined) return [];
  return Array.from({ length: clientsOf(visit, random) }).flatMap(() => {
    const from = visit.from + random.between(3, 40) * 1000;
    const middle = from + (visit.to - from) * random.between(0.3, 0.7);
    const roams = random.chance(0.08) && second !== undefined;
    const stay = (accessPoint: AccessPoint, when: Interval, roamed: boolean): Join[] =>
      withoutRestarts(when, incidentsOf(accessPoint.id), random).map((part) =>
        join(
          visit,
          accessPoint,
          part,
          random,
          incidentsOf(accessPoint.id),
          roamed && part.from === when.from,
        ),
      );
    if (!roams) return stay(first, { from, to: visit.to }, false);
    return [
      ...stay(first, { from, to: middle }, false),
      ...stay(second, { from: middle, to: visit.to }, true),
    ];
  });
};

/** Who sits has a laptop and mostly a phone on the network, who walks through sometimes a phone. */
const clientsOf = (visit: Visit, random: Random): number => {
  const phone = random.chance(visit.sitting === undefined ? 0.3 : 0.75);
  const laptop = random.chance(visit.sitting === undefined ? 0 : 0.85);
  return (phone ? 1 : 0) + (laptop ? 1 : 0);
};

const join = (
  visit: Visit,
  accessPoint: AccessPoint,
  when: Interval,
  random: Random,
  incidents: readonly Incident[],
  roamed: boolean,
): Join => {
  const during = (kind: Incident['kind']): boolean =>
    incidents.some(
      (incident) => incident.kind === kind && when.from >= incident.from && when.from < incident.to,
    );
  const band = random.weighted(accessPoint.bands, (one) => preference[one]) ?? '2.4';
  const noAddress = during('dhcp') && random.chance(0.7);
  const stumbles = random.chance(during('interference') ? 0.12 : 0.03);
  const cause = noAddress ? 'dhcp' : stumbles ? random.pick(...failureCauses) : undefined;
  const failed = { key: radioKey(accessPoint.id, band), at: when.from, ...(cause && { failure: cause }) };
  const from = when.from + (cause === undefined ? 0 : random.between(5, 25) * 1000);
  const givesUp = noAddress && random.chance(0.4);
  const metres = Math.max(1, distance(visit.at, accessPoint.at));
  const signalDbm = -38 - 21 * Math.log10(metres) - pathLossDb[band] + 4 * random.normal();
  const kbitS = random.logNormal(visit.sitting === undefined ? 60 : 420, 1.1);
  const slow = random.chance(during('interference') ? 0.4 : 0.1);
  if (givesUp || from >= when.to) return failed;
  const association: Association = {
    from,
    to: when.to,
    signalDbm: Math.min(-25, Math.max(-92, signalDbm)),
    kbitS: Math.min(kbitS, 30_000),
    ...(roamed && { roamed: slow ? 'slowly' : 'quickly' }),
  };
  return { ...failed, association };
};

/** Restarts throw clients out; they come back within a minute. */
const withoutRestarts = (when: Interval, incidents: readonly Incident[], random: Random): Interval[] => {
  let parts: Interval[] = [when];
  for (const restart of incidents) {
    if (restart.kind !== 'restart') continue;
    const back = restart.to + random.between(0.1, 1) * minuteMs;
    parts = parts.flatMap(({ from, to }) =>
      to <= restart.from || from >= back
        ? [{ from, to }]
        : [
            { from, to: restart.from },
            { from: back, to },
          ],
    );
  }
  return parts.filter(({ from, to }) => from < to);
};
