import { z } from 'zod';
import type { App } from '../app.ts';
import type { Figures } from '../figures.ts';
import { formatInstant } from '../instant.ts';
import { tags } from '../openapi.ts';
import type { Limits } from '../parts.ts';
import { problemResponses } from '../problem.ts';

export const rollupSchema = z
  .object({
    site: z.string(),
    watermark: z.iso
      .datetime()
      .describe('All that was stored with a time before this is in the windows that figures come from.'),
  })
  .meta({ id: 'Rollup', description: 'How far the windows of a site are.' });

export const rollupsRoute = (
  app: App,
  { figures, limits }: { readonly figures: Figures; readonly limits: Limits },
): void => {
  app.get(
    '/api/v1/rollups',
    {
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'How far the windows are',
        description: 'Late data sets the watermark back until the windows that it touches are made again.',
        tags: [tags.operation],
        response: { 200: z.array(rollupSchema), ...problemResponses(503) },
      },
    },
    async () =>
      (await figures.rollups()).map(({ site, watermark }) => ({ site, watermark: formatInstant(watermark) })),
  );
};
