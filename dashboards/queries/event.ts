import { max, raw } from './expression.ts';
import { type Select, select } from './select.ts';
import { chosen, place } from './variable.ts';

const ofSite = { site: chosen('site') } as const;

/** First report of an ingest after a start, with the version that was started: each deployment is one. */
export const starts = (): Select =>
  select('pipeline', {
    columns: { uptime: raw('uptime_s') },
    where: ofSite,
    told: ['version'],
    under: { uptime_s: 90 },
  });

/** Hours in which the wind reached a speed. @param fromMS m/s */
export const windyHours = (fromMS: number): Select =>
  select('weather', {
    columns: { wind: max('wind_m_s') },
    where: ofSite,
    told: ['device'],
    every: '1h',
    atLeast: { wind_m_s: fromMS },
  });

/** Hours in which it rained so hard. @param fromMmH mm/h */
export const rainyHours = (fromMmH: number): Select =>
  select('weather', {
    columns: { rain: max('rain_mm_h') },
    where: ofSite,
    told: ['device'],
    every: '1h',
    atLeast: { rain_mm_h: fromMmH },
  });

/** Quarter hours in which more people were counted than the site is meant for. */
export const crowdedQuarters = (): Select =>
  select('presence_15m', {
    columns: { over: raw('over_ms') },
    where: { ...ofSite, source: 'counters' },
    told: ['source'],
    atLeast: { over_ms: 1 },
  });

/** Quarter hours in which an access point was off for a minute or more. */
export const outages = (): Select =>
  select('wifi_15m', {
    columns: { offline: raw('ap_health_offline_ms') },
    where: { ...place, band: 'all' },
    told: ['device'],
    atLeast: { ap_health_offline_ms: 60_000 },
  });
