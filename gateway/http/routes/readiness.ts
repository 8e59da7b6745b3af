import { z } from 'zod';
import { messageOf } from '../../../model/errors.ts';
import type { App } from '../app.ts';
import type { Health, HealthCheck, PartHealth } from '../health.ts';
import { tags } from '../openapi.ts';
import type { Limits } from '../parts.ts';
import { problemResponses, sendProblem } from '../problem.ts';

interface ReadinessParts {
  readonly health: HealthCheck;
  readonly limits: Limits;
}

export const readinessRoute = (app: App, { health, limits }: ReadinessParts): void => {
  const ready = z.object({ status: z.literal('ready'), parts: z.record(z.string(), z.literal('ok')) });
  app.get(
    '/health/ready',
    {
      schema: {
        summary: 'Can it take messages and answer questions',
        description:
          'The spool is writable and the store answers; otherwise 503 says which does not, and why.',
        tags: [tags.operation],
        response: { 200: ready, ...problemResponses(503) },
      },
    },
    async (_request, reply) => {
      const parts = await readParts(health, limits.healthTimeoutMs);
      const failures = parts.flatMap(([part, state]) => (state.ok ? [] : [`${part}: ${state.reason}`]));
      if (failures.length > 0) return sendProblem(reply, 503, failures.join('; '));
      return {
        status: 'ready' as const,
        parts: Object.fromEntries(parts.map(([part]) => [part, 'ok' as const])),
      };
    },
  );
};

type Parts = readonly (readonly [string, PartHealth])[];

/** The state of each part; a check that fails or takes too long is a part of its own. */
const readParts = async (check: HealthCheck, timeoutMs: number): Promise<Parts> => {
  try {
    return Object.entries(await inTime(check, timeoutMs));
  } catch (error) {
    return [['health check', { ok: false, reason: messageOf(error) }]];
  }
};

const inTime = async (check: HealthCheck, timeoutMs: number): Promise<Health> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
};
