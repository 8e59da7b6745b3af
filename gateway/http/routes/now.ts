import { z } from 'zod';
import type { Live } from '../../../ingest/live.ts';
import type { Clock } from '../../../model/clock.ts';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import { describeEntry, entrySchema } from '../entry.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';
import { findSite, sitePath } from '../query.ts';
import { isSilent } from '../silence.ts';

interface NowParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly live: Live;
  readonly clock: Clock;
}

export const nowRoute = (app: App, { sites, live, clock }: NowParts): void => {
  app.get(
    '/api/v1/sites/:site/now',
    {
      schema: {
        summary: 'The latest of every device',
        description:
          'Every device of the site at least once, in the order of the site file, its main series first. ' +
          'A device that never reported has no fields, no time and the state "unknown".',
        tags: [tags.data],
        params: sitePath,
        response: { 200: z.array(entrySchema), ...problemResponses(404) },
      },
    },
    async (request) => {
      const site = findSite(sites, request.params.site);
      const now = clock.now();
      return live.snapshot(site.id).map((entry) => describeEntry(entry, isSilent(entry, site, now), now));
    },
  );
};
