import { type Band, bands } from '../../model/access-point.ts';
import type { SeriesColumns } from '../../store/history.ts';
import { apHealthParts, heardWindows } from '../ap-health.ts';
import type { Window } from '../figure.ts';
import { probePart, wifiPart } from '../parts.ts';
import { probeParts } from '../probe.ts';
import { wifiParts } from '../wifi.ts';
import { nameAllCauses } from './causes.ts';
import { columnsOf } from './columns.ts';
import { ownSeries } from './devices.ts';
import type { Made } from './made.ts';
import { reportsOf } from './reports.ts';
import { minutesOf, type Scope } from './scope.ts';
import type { Source } from './source.ts';

const isBand = (band: string): band is Band => (bands as readonly string[]).includes(band);

/** Radios by service level, and access points as a whole. */
export const makeWifi = async (source: Source, scope: Scope): Promise<readonly Made[]> => {
  const { site, settings, from, to, end } = scope;
  const grid = minutesOf(from, end);
  const silenceMs = site.max_silence_s['access-point'] * 1000;
  const radios = (await source.read('radio')).flatMap((columns) => {
    const { zone = '', device = '', band = '' } = columns.tags;
    if (!isBand(band)) return [];
    const parts = wifiParts(reportsOf(columns), band, silenceMs, grid, settings);
    return [columnsOf(wifiPart, { site: site.id, zone, device, band }, parts, grid)];
  });
  const listening = await heardOf(source, scope);
  const known = new Map((await source.read('access_point')).map((columns) => [columns.tags.device, columns]));
  const whole = site.access_points.map(({ id, zone }): SeriesColumns => {
    const columns = known.get(id);
    const reports = columns === undefined ? [] : reportsOf(columns);
    const parts = apHealthParts(reports, silenceMs, grid, listening, settings);
    return columnsOf(wifiPart, { site: site.id, zone, device: id, band: 'all' }, parts, grid);
  });
  const series = [...radios, ...whole].map(nameAllCauses);
  return [{ base: 'wifi', step: '1m', tags: { site: site.id }, from, to, series }];
};

/** When anything of the site was heard. Each series is joined first, so that few windows are left to sort. */
const heardOf = async (source: Source, scope: Scope): Promise<readonly Window[]> => {
  const heard = (await ownSeries(source, scope))
    .flatMap(({ reports, maxSilenceMs }) => heardWindows([{ reports, maxSilenceMs }]))
    .sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of heard) {
    const before = joined.at(-1);
    if (before === undefined || from > before.to) joined.push({ from, to });
    else before.to = Math.max(before.to, to);
  }
  return joined;
};

/** Probes, by target. */
export const makeProbes = async (
  source: Source,
  { site, from, to, end }: Scope,
): Promise<readonly Made[]> => {
  const grid = minutesOf(from, end);
  const series = (await source.read('probe')).map((columns) => {
    const parts = probeParts(reportsOf(columns), site.max_silence_s.probe * 1000, grid);
    return columnsOf(probePart, columns.tags, parts, grid);
  });
  return [{ base: 'probe', step: '1m', tags: { site: site.id }, from, to, series }];
};
