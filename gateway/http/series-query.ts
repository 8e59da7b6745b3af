import { bands } from '../../model/access-point.ts';
import { ApertoError } from '../../model/errors.ts';
import { definitionOf, fieldOf, measurementNames } from '../../model/measurements.ts';
import type { Tags } from '../../model/point.ts';
import { phases } from '../../model/power.ts';
import type { Site } from '../../model/site.ts';
import { type Aggregation, aggregations, type Selection } from '../../store/store.ts';
import { fingerprint, type Page } from './cursor.ts';
import { formatInstant } from './instant.ts';
import { listNames } from './names.ts';
import { defaultRows, pageParameters, resolvePage } from './page.ts';
import type { Limits } from './parts.ts';
import { nameOf, oneOf, queryOf, wholeNumber, windowLength } from './query.ts';

/** Tags that some measurements have beside site, zone and device. */
const ownTags = ['kind', 'band', 'phase', 'target', 'version'] as const;

export const seriesParameters = ({ pageRowsMax }: Limits) =>
  queryOf({
    measurement: oneOf(measurementNames).describe('What was measured.'),
    field: nameOf('a field of the measurement').describe('Which value of it.'),
    ...pageParameters,
    device: nameOf('a device').optional().describe('Only this device.'),
    zone: nameOf('a zone').optional().describe('Only this zone.'),
    kind: oneOf(['seat', 'counter']).optional().describe('Only this tag (occupancy).'),
    band: oneOf(bands).optional().describe('Only this tag (radio).'),
    phase: oneOf(phases).optional().describe('Only this tag (power).'),
    target: nameOf('a target').optional().describe('Only this tag (probe).'),
    version: nameOf('a version').optional().describe('Only this tag (pipeline).'),
    every: windowLength
      .optional()
      .describe('Length of windows; they start at multiples of it since 1970 (UTC). Together with `agg`.'),
    agg: oneOf(aggregations).optional().describe('One value a window and series. Together with `every`.'),
    limit: wholeNumber(1, pageRowsMax).default(defaultRows).describe('Values of one page, over all series.'),
  });
export type SeriesParameters = ReturnType<ReturnType<typeof seriesParameters>['parse']>;

/** A question to the store, checked against the site and the model. */
export interface SeriesQuery {
  readonly selection: Selection;
  readonly unit: string;
  readonly limit: number;
  readonly windows?: { readonly everyMs: number; readonly aggregation: Aggregation };
  /** To bind the next cursor to. */
  readonly fingerprint: string;
}

/** @throws ApertoError `usage`: names the parameter, and lists what exists */
export const resolveSeries = (
  site: Site,
  parameters: SeriesParameters,
  now: number,
  limits: Limits,
): SeriesQuery => {
  const { measurement, field, limit } = parameters;
  const definition = fieldOf(measurement, field);
  if (definition === undefined) {
    const fields = Object.keys(definitionOf(measurement).fields);
    throw unknown('field', field, `${measurement} has ${listNames(fields)}`);
  }
  const windows = resolveWindows(parameters);
  const tags = resolveTags(site, parameters);
  const { from, to } = parameters;
  const query = fingerprint([measurement, field, tags, from, to, windows]);
  const page = resolvePage(query, parameters, now);
  if (windows !== undefined) checkWindows(page, windows.everyMs, limits.seriesWindowsMax);
  return {
    selection: { measurement, field, tags, ...page },
    unit: windows?.aggregation === 'count' ? '1' : definition.unit,
    limit,
    ...(windows === undefined ? {} : { windows }),
    fingerprint: query,
  };
};

const resolveWindows = ({ every, agg }: SeriesParameters): SeriesQuery['windows'] => {
  if (every !== undefined && agg !== undefined) return { everyMs: every, aggregation: agg };
  if (every === undefined && agg === undefined) return undefined;
  const [absent, present] = every === undefined ? ['every', 'agg'] : ['agg', 'every'];
  throw new ApertoError('usage', `${absent}: is missing; every and agg go together, or leave ${present} out`);
};

const checkWindows = ({ from, to }: Page, everyMs: number, windowsMax: number): void => {
  const windows = Math.ceil((to - from) / everyMs);
  if (windows > windowsMax) {
    throw new ApertoError(
      'usage',
      `every: ${windows} windows from ${formatInstant(from)} to ${formatInstant(to)}, at most ${windowsMax}; take longer windows or a shorter time`,
    );
  }
};

const resolveTags = (site: Site, parameters: SeriesParameters): Tags => {
  const { measurement, device, zone } = parameters;
  const zones = site.zones.map(({ id }) => id);
  if (device !== undefined && !site.devices.has(device)) {
    throw unknown('device', device, `${site.id} has ${listNames(site.devices.keys())}`);
  }
  if (zone !== undefined && !zones.includes(zone)) {
    throw unknown('zone', zone, `${site.id} has ${listNames(zones)}`);
  }
  const known = Object.keys(definitionOf(measurement).tags);
  const tags: Record<string, string> = { site: site.id };
  if (device !== undefined) tags.device = device;
  if (zone !== undefined) tags.zone = zone;
  for (const tag of ownTags) {
    const value = parameters[tag];
    if (value === undefined) continue;
    if (!known.includes(tag))
      throw new ApertoError('usage', `${tag}: ${measurement} has no such tag; it has ${listNames(known)}`);
    tags[tag] = value;
  }
  return tags;
};

const unknown = (what: string, given: string, known: string): ApertoError =>
  new ApertoError('usage', `${what}: no "${given}"; ${known}`);
