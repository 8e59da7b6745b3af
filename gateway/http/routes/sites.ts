import { z } from 'zod';
import type { Site } from '../../../model/site.ts';
import { type PlacedKind, placedKinds } from '../../../model/topic.ts';
import type { App } from '../app.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';

export const siteSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    city: z.string(),
    timezone: z.string().describe('IANA name.'),
    counts: z.record(z.enum(placedKinds), z.int()).describe('Devices by kind.'),
  })
  .meta({ id: 'SiteSummary', description: 'A site in a list.' });

export const sitesRoute = (app: App, { sites }: { readonly sites: ReadonlyMap<string, Site> }): void => {
  app.get(
    '/api/v1/sites',
    {
      schema: {
        summary: 'List the sites',
        description: 'Every site that this gateway serves, with how many devices of each kind it has.',
        tags: [tags.data],
        response: { 200: z.array(siteSummarySchema), ...problemResponses() },
      },
    },
    async () =>
      [...sites.values()].map((site) => {
        const { id, name, city, timezone } = site;
        return { id, name, city, timezone, counts: countKinds(site) };
      }),
  );
};

const countKinds = (site: Site): Record<PlacedKind, number> => {
  const counts = { seat: 0, counter: 0, 'access-point': 0, probe: 0, meter: 0, weather: 0 };
  for (const { kind } of site.devices.values()) counts[kind]++;
  return counts;
};
