import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { App } from '../app.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';

export const metricsRoute = (app: App, { metrics }: { readonly metrics: Registry }): void => {
  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Metrics of the process',
        description: 'Text in the format of Prometheus.',
        tags: [tags.operation],
        response: {
          200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } },
          ...problemResponses(),
        },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()),
  );
};
