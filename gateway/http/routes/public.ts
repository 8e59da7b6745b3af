import type { Live } from '../../../ingest/live.ts';
import type { Clock } from '../../../model/clock.ts';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import type { Figures } from '../figures.ts';
import { tags } from '../openapi.ts';
import type { Limits } from '../parts.ts';
import { problemResponses } from '../problem.ts';
import { describePublic, type PublicView, publicViewSchema } from '../public-view.ts';
import { findSite, sitePath } from '../query.ts';
import { UsualHours } from '../usual.ts';

interface PublicParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly live: Live;
  readonly figures: Figures;
  readonly clock: Clock;
  readonly limits: Limits;
}

/** For so long one answer serves all who ask. */
const keptMs = 5_000;

export const publicRoute = (app: App, { sites, live, figures, clock, limits }: PublicParts): void => {
  const usual = new UsualHours(figures);
  const kept = new Map<string, { readonly until: number; readonly view: Promise<PublicView> }>();
  const make = async (site: Site, now: number): Promise<PublicView> => ({
    ...describePublic(site, live.snapshot(site.id), now),
    usual: await usual.today(site, now),
  });
  const read = (site: Site): Promise<PublicView> => {
    const now = clock.now();
    const last = kept.get(site.id);
    if (last !== undefined && now < last.until) return last.view;
    const view = make(site, now);
    kept.set(site.id, { until: now + keptMs, view });
    view.catch(() => kept.delete(site.id));
    return view;
  };
  app.get(
    '/api/v1/sites/:site/public',
    {
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'What anybody may know',
        description:
          'Free seats, how busy it usually is today, weather and Wi-Fi; no token is needed. Groups of too few seats have ' +
          'no numbers, nor has the next smallest where a total would give one away. At most five seconds old.',
        tags: [tags.data],
        params: sitePath,
        response: { 200: publicViewSchema, ...problemResponses(404, 503) },
      },
    },
    async (request, reply) => {
      const view = await read(findSite(sites, request.params.site));
      reply.header('cache-control', `public, max-age=${keptMs / 1000}`);
      return view;
    },
  );
};
