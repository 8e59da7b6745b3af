import { z } from 'zod';
import type { Site } from '../../../model/site.ts';
import { siteSchema } from '../../../model/site-schema.ts';
import { type PlacedKind, placedKinds } from '../../../model/topic.ts';
import type { App } from '../app.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';
import { findSite, sitePath } from '../query.ts';

const accessPoint = siteSchema.shape.access_points.element.shape;
const probe = siteSchema.shape.probes.element.shape;
const meter = siteSchema.shape.meters.element.shape;

const deviceSchema = z
  .object({
    id: z.string(),
    kind: z.enum(placedKinds),
    zone: z.string(),
    at: meter.at.describe('Metres on the plan, from its lower left corner.'),
    max_silence_s: z.number().describe('Silent for longer than this and its state is unknown.'),
    bands: accessPoint.bands.optional().describe('Access points: their radios.'),
    access_point: probe.access_point.optional().describe('Probes: where they stand.'),
    target: probe.target.optional().describe('Probes: what they ask.'),
    name: meter.name.optional().describe('Meters: what they measure.'),
    role: meter.role.optional().describe('Meters: the whole site, a part of it, or generation.'),
    phases: meter.phases.optional().describe('Meters: the phases that they are on.'),
  })
  .meta({ id: 'Device', description: 'A device and its place.' });

const lists = {
  seats: true,
  counters: true,
  access_points: true,
  probes: true,
  meters: true,
  weather: true,
  max_silence_s: true,
} as const;
export const siteDetailSchema = siteSchema
  .omit(lists)
  .extend({ devices: z.array(deviceSchema) })
  .meta({ id: 'Site', description: 'A site as its file has it, with all devices in one list.' });
type SiteDetail = z.output<typeof siteDetailSchema>;

export const siteRoute = (app: App, { sites }: { readonly sites: ReadonlyMap<string, Site> }): void => {
  app.get(
    '/api/v1/sites/:site',
    {
      schema: {
        summary: 'Describe a site',
        description: 'Zones, devices and their places on the plan, opening hours, calendar and tariff.',
        tags: [tags.data],
        params: sitePath,
        response: { 200: siteDetailSchema, ...problemResponses(404) },
      },
    },
    async (request) => describeSite(findSite(sites, request.params.site)),
  );
};

const describeSite = (site: Site): SiteDetail => {
  const { seats, counters, access_points, probes, meters, weather, max_silence_s, ...head } = site;
  const place = <Entry extends object>(kind: PlacedKind, entries: readonly Entry[]) =>
    entries.map((entry) => ({ ...entry, kind, max_silence_s: max_silence_s[kind] }));
  const devices = [
    ...place('seat', seats),
    ...place('counter', counters),
    ...place('access-point', access_points),
    ...place('probe', probes),
    ...place('meter', meters),
    ...place('weather', weather),
  ];
  return { ...head, devices };
};
