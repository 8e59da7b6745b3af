import { last, mean, min, percentile, percentOf, spread, sum } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select, selectFrom } from './select.ts';
import { goodShare, type Level, type Parts } from './service-level.ts';
import { chosen } from './variable.ts';

const ofSite = { site: chosen('site') } as const;

/** How long ago each chosen device was heard, in s, by the gateway's own books. */
export const silenceOfEach = () =>
  query(
    select('device_health', {
      columns: { age: last('last_seen_age_s') },
      where: { ...ofSite, device: chosen('device') },
      by: ['device', 'zone'],
    }),
    { age: unitOf('device_health', 'last_seen_age_s') },
  );

/** Mean share of time in which the channel of each radio is busy, in %. */
export const channelOfEachRadio = () =>
  query(
    select('radio', {
      columns: { busy: mean('utilization_pct') },
      where: ofSite,
      by: ['device', 'zone', 'band'],
    }),
    { busy: unitOf('radio', 'utilization_pct') },
  );

/** What half of the probes' answers take longer than, in ms, over all probes. */
export const latencyOfInternet = () =>
  query(select('probe', { columns: { latency: percentile('latency_ms', 50) }, where: ofSite }), {
    latency: unitOf('probe', 'latency_ms'),
  });

/** Mean share of probes without an answer, in %, over all probes. */
export const lossOfInternet = () =>
  query(select('probe', { columns: { loss: mean('loss_pct') }, where: ofSite }), {
    loss: unitOf('probe', 'loss_pct'),
  });

/** User time that a service level must have judged, in ms: half an hour, or thirty attempts. */
const judgedMsMin = 1_800_000;

/**
 * Good share of what a service level judged at each access point, in %, where it judged enough to say so.
 */
export const levelOfEachAccessPoint = (level: Level) => {
  const judged = sum<Parts>(`${level}_ms`);
  return query(
    selectFrom(
      select('wifi_15m', {
        columns: { good: goodShare(level), judged },
        where: { ...ofSite, band: level === 'ap_health' ? 'all' : { not: 'all' } },
        by: ['device', 'zone'],
      }),
      { columns: { level: last('good') }, by: ['device', 'zone'], atLeast: { judged: judgedMsMin } },
    ),
    { level: '%' },
  );
};

/** Known time in which more people were counted on the site than it is meant for, in ms. */
export const timeOverCapacity = () =>
  query(
    select('presence_1m', { columns: { over: sum('over_ms') }, where: { ...ofSite, source: 'counters' } }),
    { over: 'ms' },
  );

/** Mean power that the supply took, in W, all of its meters together. */
export const meanSupply = () =>
  query(
    selectFrom(
      select('power', {
        columns: { power: mean('active_power_w') },
        where: { ...ofSite, device: chosen('feed'), phase: 'total' },
        by: ['device'],
      }),
      { columns: { power: sum('power') } },
    ),
    { power: 'W' },
  );

/**
 * The quietest hour of the range, in W: what the circuits together take when nobody is there. A range of a day holds
 * one night, whenever it is asked.
 */
export const quietestHour = () =>
  query(
    selectFrom(
      selectFrom(
        select('power', {
          columns: { power: mean('active_power_w') },
          where: { ...ofSite, device: chosen('circuit'), phase: 'total' },
          by: ['device'],
          every: '1h',
        }),
        { columns: { power: sum('power') }, every: '1h' },
      ),
      { columns: { power: min('power') } },
    ),
    { power: 'W' },
  );

type PipelineLevel = 'lag_s' | 'spool_pct';

/** The last word of each ingest on one of its levels, in the field's unit. */
export const ofEachIngest = (field: PipelineLevel) =>
  query(select('pipeline', { columns: { value: last(field) }, where: ofSite, by: ['device'] }), {
    value: unitOf('pipeline', field),
  });

/** Messages that went to quarantine, in % of those that came in, at each ingest. */
export const quarantineOfEachIngest = () =>
  query(
    select('pipeline', {
      columns: { share: percentOf(spread('quarantined'), spread('received')) },
      where: ofSite,
      by: ['device'],
    }),
    { share: '%' },
  );
