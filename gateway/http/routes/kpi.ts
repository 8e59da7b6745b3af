import { z } from 'zod';
import { type Reason, reasons } from '../../../kpi/figure.ts';
import type { KpiAnswer } from '../../../kpi/query/reader.ts';
import type { Clock } from '../../../model/clock.ts';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import { csvContentType, csvType } from '../csv.ts';
import { encodeCursor } from '../cursor.ts';
import { sendTagged } from '../etag.ts';
import type { Figures } from '../figures.ts';
import { formatInstant } from '../instant.ts';
import { kpiCsv } from '../kpi-csv.ts';
import { kpiParameters, kpiPath, resolveKpi } from '../kpi-query.ts';
import { tags } from '../openapi.ts';
import { nextLink } from '../page.ts';
import type { Limits } from '../parts.ts';
import { problemResponses } from '../problem.ts';
import { findSite } from '../query.ts';
import { jsonType, tableForm } from '../table-form.ts';

interface KpiParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly figures: Figures;
  readonly clock: Clock;
  readonly limits: Limits;
}

const jsonContentType = `${jsonType}; charset=utf-8`;
const reasonNames = Object.keys(reasons) as Reason[];

export const kpiSchema = z
  .object({
    kpi: z.string(),
    unit: z.string().describe('Of the values, unless a row has its own.'),
    from: z.iso.datetime(),
    to: z.iso.datetime().describe('End of the last window, or now where it is not over.'),
    rows: z.array(
      z
        .object({
          time: z.iso.datetime().optional().describe('Start of the window, where there are several.'),
          value: z.number().optional().describe('Absent where `reason` stands.'),
          unit: z.string().optional(),
          validMinutes: z.number().describe('Minutes that are known, a mean over the devices.'),
          coverage: z.number().describe('Known ÷ elapsed time.'),
          reason: z.enum(reasonNames).optional().describe('Why there is no number.'),
        })
        .catchall(z.string().or(z.number()))
        .describe('With its keys: zone, seat, device, band, statistic, cause, item …'),
    ),
    next: z.string().optional().describe('`cursor` of the next page; absent on the last one.'),
  })
  .meta({ id: 'Kpi', description: 'A figure: values with the time behind them.' });

export const kpiRoute = (app: App, { sites, figures, clock, limits }: KpiParts): void => {
  app.get(
    '/api/v1/sites/:site/kpi/:kpi',
    {
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'A figure',
        description:
          'Values with the minutes that are known behind them. Where too little is known there is a reason and no ' +
          'number. JSON, or CSV (RFC 4180) by `Accept: text/csv`. Pages by `next` and the Link header; `ETag` tells ' +
          'whether anything has changed.',
        tags: [tags.data],
        params: kpiPath,
        querystring: kpiParameters(limits),
        response: {
          200: {
            description: 'Figures',
            content: { [jsonType]: { schema: kpiSchema }, [csvType]: { schema: z.string() } },
          },
          ...problemResponses(400, 404, 406, 503),
        },
      },
    },
    async (request, reply) => {
      const form = tableForm(request, reply);
      if (form === undefined) return reply;
      const site = findSite(sites, request.params.site);
      const { query, fingerprint } = resolveKpi(request.params.kpi, request.query, clock.now());
      const answer = await figures.figures(site.id, query);
      const next =
        answer.next === undefined
          ? undefined
          : encodeCursor(fingerprint, { from: answer.next, to: query.to });
      if (next !== undefined) reply.header('link', nextLink(request.url, next));
      if (form === csvType) return sendTagged(request, reply.type(csvContentType), kpiCsv(answer));
      const body = JSON.stringify(describe(answer, next));
      return sendTagged(request, reply.type(jsonContentType), body);
    },
  );
};

const describe = ({ kpi, unit, from, to, rows }: KpiAnswer, next: string | undefined) => ({
  kpi,
  unit,
  from: formatInstant(from),
  to: formatInstant(to),
  rows: rows.map(({ by, time, ...row }) => ({
    ...by,
    ...(time === undefined ? {} : { time: formatInstant(time) }),
    ...row,
  })),
  ...(next === undefined ? {} : { next }),
});
