import type { FieldName } from '../../model/measurements.ts';
import {
  count,
  growth,
  growthPerSecond,
  last,
  max,
  mean,
  percentOf,
  plus,
  sum,
  times,
} from './expression.ts';
import { query, unitOf } from './query.ts';
import { select, selectFrom } from './select.ts';
import { chosen, place } from './variable.ts';

const accessPoints = { ...place, device: chosen('access_point') } as const;
const radios = { ...accessPoints, band: chosen('band') } as const;

/** Why a connection did not come about, in the order in which it is tried. */
const connectFailures = [
  'connect_failures_association',
  'connect_failures_authorization',
  'connect_failures_dhcp',
  'connect_failures_dns',
] as const satisfies readonly FieldName<'radio'>[];
export type ConnectFailure = (typeof connectFailures)[number];

const lastOfEachAccessPoint = () =>
  select('access_point', { columns: { clients: last('clients') }, where: accessPoints, by: ['device'] });

/** Clients on all access points, by the last word of each in the range. */
export const clientsNow = () =>
  query(selectFrom(lastOfEachAccessPoint(), { columns: { clients: sum('clients') } }), {
    clients: 'clients',
  });

/** Access points of the whole site that were heard of in the range, whatever is chosen. */
export const accessPointsHeard = () =>
  query(
    selectFrom(
      select('access_point', {
        columns: { clients: last('clients') },
        where: { site: chosen('site') },
        by: ['device'],
      }),
      { columns: { heard: count('clients') } },
    ),
    { heard: 'devices' },
  );

/** The highest of the radios' last values, one figure for the range, in the field's unit. */
export const highestRadioNow = (field: 'utilization_pct' | 'clients') =>
  query(
    selectFrom(select('radio', { columns: { value: last(field) }, where: radios, by: ['device', 'band'] }), {
      columns: { highest: max('value') },
    }),
    { highest: unitOf('radio', field) },
  );

/** Clients of each access point, mean of a window. */
export const clientsByAccessPoint = () =>
  query(
    select('access_point', {
      columns: { clients: mean('clients') },
      where: accessPoints,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { clients: 'clients' },
  );

/** A level of each radio, mean of a window, in the field's unit. */
export const radioMean = (field: FieldName<'radio'>) =>
  query(
    select('radio', {
      columns: { value: mean(field) },
      where: radios,
      by: ['device', 'band'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('radio', field) },
  );

/** Highest of a level of each radio, a window. */
export const radioPeak = (field: FieldName<'radio'>) =>
  query(
    select('radio', {
      columns: { value: max(field) },
      where: radios,
      by: ['device', 'band'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('radio', field) },
  );

/** Share of the clients of each access point that are heard below the coverage threshold, in %. */
export const weakClientsByAccessPoint = () =>
  query(
    select('radio', {
      columns: { share: percentOf(sum('clients_weak'), sum('clients')) },
      where: radios,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { share: '%' },
  );

const failuresOfEachRadio = () =>
  select('radio', {
    columns: {
      completed: growth('connects'),
      connect_failures_association: growth('connect_failures_association'),
      connect_failures_authorization: growth('connect_failures_authorization'),
      connect_failures_dhcp: growth('connect_failures_dhcp'),
      connect_failures_dns: growth('connect_failures_dns'),
    },
    where: radios,
    by: ['device', 'band'],
    every: 'interval',
  });

/** Attempts to connect that failed, in % of all of the range. */
export const failedConnectsShare = () => {
  const failed = plus(...connectFailures.map((cause) => sum(cause)));
  return query(
    selectFrom(failuresOfEachRadio(), {
      columns: { share: percentOf(failed, plus(failed, sum('completed'))) },
    }),
    { share: '%' },
  );
};

/** Attempts that failed for one cause, a window, over all radios. */
export const failedConnects = (cause: ConnectFailure) =>
  query(
    selectFrom(
      select('radio', {
        columns: { failed: growth(cause) },
        where: radios,
        by: ['device', 'band'],
        every: 'interval',
      }),
      { columns: { failed: sum('failed') }, every: 'interval' },
    ),
    { failed: '1' },
  );

/** Traffic of each access point in bit/s, mean of a window; `tx_bytes` is towards the clients. */
export const throughputByAccessPoint = (bytes: 'tx_bytes' | 'rx_bytes') =>
  query(
    selectFrom(
      select('radio', {
        columns: { rate: times(growthPerSecond(bytes), 8) },
        where: radios,
        by: ['device', 'band'],
        every: 'interval',
      }),
      { columns: { rate: sum('rate') }, by: ['device'], every: 'interval', fill: 'null' },
    ),
    { rate: 'bit/s' },
  );

/** Roams that took too long, in % of all roams of an access point, a window. */
export const slowRoamsByAccessPoint = () =>
  query(
    selectFrom(
      select('radio', {
        columns: { roams: growth('roams'), slow: growth('roams_slow') },
        where: radios,
        by: ['device', 'band'],
        every: 'interval',
      }),
      { columns: { share: percentOf(sum('slow'), sum('roams')) }, by: ['device'], every: 'interval' },
    ),
    { share: '%' },
  );

/** Clients of each access point, by its last word in the range, with the time at which it was said. */
export const lastReportOfEachAccessPoint = () => query(lastOfEachAccessPoint(), { clients: 'clients' });

/** How each access point is, by its last word in the range. */
export const accessPointTable = () =>
  query(
    select('access_point', {
      columns: {
        clients: last('clients'),
        cpu: last('cpu_pct'),
        memory: last('memory_pct'),
        uplink: last('uplink_mbit_s'),
        uptime: last('uptime_s'),
      },
      where: accessPoints,
      by: ['device'],
    }),
    {
      clients: unitOf('access_point', 'clients'),
      cpu: unitOf('access_point', 'cpu_pct'),
      memory: unitOf('access_point', 'memory_pct'),
      uplink: unitOf('access_point', 'uplink_mbit_s'),
      uptime: unitOf('access_point', 'uptime_s'),
    },
  );
