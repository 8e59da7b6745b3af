import { z } from 'zod';
import type { Clock } from '../../../model/clock.ts';
import { measurementNames } from '../../../model/measurements.ts';
import type { Site } from '../../../model/site.ts';
import type { SeriesPage, Store } from '../../../store/store.ts';
import type { App } from '../app.ts';
import { csvContentType, csvType } from '../csv.ts';
import { encodeCursor } from '../cursor.ts';
import { formatInstant } from '../instant.ts';
import { tags } from '../openapi.ts';
import { nextLink } from '../page.ts';
import type { Limits } from '../parts.ts';
import { problemResponses } from '../problem.ts';
import { findSite, sitePath } from '../query.ts';
import { seriesCsv } from '../series-csv.ts';
import { resolveSeries, type SeriesQuery, seriesParameters } from '../series-query.ts';
import { jsonType, tableForm } from '../table-form.ts';

interface SeriesParts {
  readonly sites: ReadonlyMap<string, Site>;
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: Limits;
}

export const seriesSchema = z
  .object({
    measurement: z.enum(measurementNames),
    field: z.string(),
    unit: z.string(),
    series: z.array(
      z.object({
        tags: z.record(z.string(), z.string()),
        points: z.array(z.tuple([z.iso.datetime(), z.number()])).describe('[time, value], in order of time.'),
      }),
    ),
    next: z.string().optional().describe('`cursor` of the next page; absent on the last one.'),
  })
  .meta({ id: 'Series', description: 'Values of one field, by series.' });
type SeriesAnswer = z.output<typeof seriesSchema>;

export const seriesRoute = (app: App, { sites, store, clock, limits }: SeriesParts): void => {
  app.get(
    '/api/v1/sites/:site/series',
    {
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'Values over time',
        description:
          'Stored values of one field, raw or in windows, in pages. JSON, or CSV (RFC 4180) by `Accept: text/csv`. ' +
          'The next page is in `next` and in the Link header.',
        tags: [tags.data],
        params: sitePath,
        querystring: seriesParameters(limits),
        response: {
          200: {
            description: 'Values',
            content: { [jsonType]: { schema: seriesSchema }, [csvType]: { schema: z.string() } },
          },
          ...problemResponses(400, 404, 406, 503),
        },
      },
    },
    async (request, reply) => {
      const form = tableForm(request, reply);
      if (form === undefined) return reply;
      const site = findSite(sites, request.params.site);
      const query = resolveSeries(site, request.query, clock.now(), limits);
      const page = await readPage(store, query);
      const next = nextCursor(query, page);
      if (next !== undefined) reply.header('link', nextLink(request.url, next));
      if (form === csvType) {
        return reply.type(csvContentType).send(seriesCsv(query.selection.measurement, page.series));
      }
      return describePage(query, page, next);
    },
  );
};

const readPage = (store: Store, { selection, windows, limit }: SeriesQuery): Promise<SeriesPage> =>
  windows === undefined
    ? store.range({ ...selection, limit })
    : store.aggregate({ ...selection, ...windows, limit });

const nextCursor = ({ fingerprint, selection }: SeriesQuery, { next }: SeriesPage): string | undefined =>
  next === undefined ? undefined : encodeCursor(fingerprint, { from: next, to: selection.to });

const describePage = (
  { selection: { measurement, field }, unit }: SeriesQuery,
  { series }: SeriesPage,
  next: string | undefined,
): SeriesAnswer => ({
  measurement,
  field,
  unit,
  series: series.map(({ tags: names, points }) => ({
    tags: names,
    points: points.map(([time, value]) => [formatInstant(time), value]),
  })),
  ...(next === undefined ? {} : { next }),
});
