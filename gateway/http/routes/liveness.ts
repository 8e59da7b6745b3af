import { z } from 'zod';
import type { App } from '../app.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';

export const livenessRoute = (app: App): void => {
  app.get(
    '/health/live',
    {
      schema: {
        summary: 'Is the process up',
        description: 'Answers as long as the process does. Restart it when this fails.',
        tags: [tags.operation],
        response: { 200: z.object({ status: z.literal('live') }), ...problemResponses() },
      },
    },
    async () => ({ status: 'live' as const }),
  );
};
