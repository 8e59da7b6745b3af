import { z } from 'zod';
import type { Anomaly } from '../../../kpi/anomalies/anomaly.ts';
import { findAnomalies } from '../../../kpi/anomalies/find.ts';
import type { Clock } from '../../../model/clock.ts';
import { ApertoError } from '../../../model/errors.ts';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import { sendTagged } from '../etag.ts';
import type { Figures } from '../figures.ts';
import { formatInstant } from '../instant.ts';
import { tags } from '../openapi.ts';
import { pageParameters, resolvePage } from '../page.ts';
import type { Limits } from '../parts.ts';
import { problemResponses } from '../problem.ts';
import { findSite, queryOf, sitePath } from '../query.ts';

interface AnomaliesParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly figures: Figures;
  readonly clock: Clock;
  readonly limits: Limits;
}

const spanMsMax = 31 * 24 * 3_600_000;

export const anomalySchema = z
  .object({
    kind: z.string().describe('silent_device, stuck_sensor, seat_always_taken, counter_drift, ap_down …'),
    by: z.record(z.string(), z.string()).describe('The zone, seat or device; empty for the whole site.'),
    from: z.iso.datetime(),
    to: z.iso.datetime().describe('End of its last window.'),
    isOpen: z.boolean().describe('It has not ended yet.'),
    evidence: z
      .object({ kpi: z.string(), value: z.number(), unit: z.string(), threshold: z.number() })
      .describe('The worst figure, and from where on it is an anomaly.'),
    advice: z.object({ it: z.string(), en: z.string() }),
  })
  .meta({ id: 'Anomaly', description: 'What somebody should look at.' });

export const anomaliesRoute = (app: App, { sites, figures, clock, limits }: AnomaliesParts): void => {
  app.get(
    '/api/v1/sites/:site/anomalies',
    {
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'What somebody should look at',
        description:
          'Silent devices, sensors that are stuck, seats that are always taken, counters that drift, access points ' +
          'that are down, crowded zones, power at night, unequal phases: with start, end, evidence and advice. At ' +
          'most 31 days at a time, by whole hours and days.',
        tags: [tags.data],
        params: sitePath,
        querystring: queryOf({ from: pageParameters.from, to: pageParameters.to }),
        response: { 200: z.array(anomalySchema), ...problemResponses(400, 404, 503) },
      },
    },
    async (request, reply) => {
      const site = findSite(sites, request.params.site);
      const span = resolvePage('', request.query, clock.now());
      if (span.to - span.from > spanMsMax)
        throw new ApertoError('usage', 'from: more than 31 days before to; ask for less at a time');
      const source = {
        figures: (of: Site, query: Parameters<Figures['figures']>[1]) => figures.figures(of.id, query),
      };
      const found = await findAnomalies(source, site, span);
      const body = JSON.stringify(found.map(describe));
      return sendTagged(request, reply.type('application/json; charset=utf-8'), body);
    },
  );
};

const describe = ({ from, to, ...anomaly }: Anomaly) => ({
  ...anomaly,
  from: formatInstant(from),
  to: formatInstant(to),
});
