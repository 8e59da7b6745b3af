import type { Window } from './figure.ts';
import { cut, type Grid, gridEnd } from './grid.ts';
import type { FillingOf, PartOf, WifiField } from './parts.ts';
import type { KpiSettings, WifiSettings } from './settings.ts';
import { held, type Report } from './state.ts';

/**
 * How an access point is in each window of a grid; its own time takes the place of user time. Silence beyond its
 * maximum is `offline`, but only while others of the site were heard: else it is us who did not listen.
 * @param reports measurement `access_point`, in order of time, from `maxSilenceMs` before the grid
 * @param listening when anything at all of the site was heard (`heardWindows`), in order of time
 */
export const apHealthParts = (
  reports: readonly Report[],
  maxSilenceMs: number,
  grid: Grid,
  listening: readonly Window[],
  { wifi }: Pick<KpiSettings, 'wifi'>,
): readonly PartOf<'wifi'>[] => {
  const parts = Array.from({ length: grid.count }, (): FillingOf<'wifi'> => ({}));
  const add = (from: number, to: number, ...fields: readonly WifiField[]): void =>
    cut(grid, from, to, (index, start, end) => {
      const part = parts[index];
      if (part === undefined) return;
      for (const field of fields) part[field] = (part[field] ?? 0) + (end - start);
    });
  const offline = (from: number, to: number): void => {
    for (const heard of listening) {
      add(Math.max(from, heard.from), Math.min(to, heard.to), 'ap_health_ms', 'ap_health_offline_ms');
    }
  };
  let knownTo = grid.from;
  for (const { from, to, report } of held(reports, maxSilenceMs)) {
    if (from > knownTo) offline(knownTo, from);
    knownTo = Math.max(knownTo, to);
    addKnown(add, from, to, report, wifi);
  }
  if (knownTo < gridEnd(grid)) offline(knownTo, gridEnd(grid));
  return parts;
};

const addKnown = (
  add: (from: number, to: number, ...fields: readonly WifiField[]) => void,
  from: number,
  to: number,
  { fields: { uptime_s, uplink_mbit_s } }: Report,
  { rebootS, uplinkMinMbitS }: WifiSettings,
): void => {
  const well =
    uptime_s === undefined ? from : Math.min(to, Math.max(from, from + (rebootS - uptime_s) * 1000));
  add(from, well, 'valid_ms', 'ap_health_ms', 'ap_health_reboot_ms');
  const slow = uplink_mbit_s !== undefined && uplink_mbit_s < uplinkMinMbitS;
  if (slow) add(well, to, 'valid_ms', 'ap_health_ms', 'ap_health_uplink_ms');
  else add(well, to, 'valid_ms', 'ap_health_ms');
};

/** When at least one of several devices was known: their held intervals joined. */
export const heardWindows = (
  series: readonly { readonly reports: readonly Report[]; readonly maxSilenceMs: number }[],
): readonly Window[] => {
  const heard: { from: number; to: number }[] = [];
  const all = series.flatMap(({ reports, maxSilenceMs }) => [...held(reports, maxSilenceMs)]);
  for (const { from, to } of all.sort((a, b) => a.from - b.from)) {
    const before = heard.at(-1);
    if (before === undefined || from > before.to) heard.push({ from, to });
    else before.to = Math.max(before.to, to);
  }
  return heard;
};
