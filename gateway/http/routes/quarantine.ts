import { z } from 'zod';
import type { QuarantinedMessage, QuarantineQuery } from '../../../ingest/quarantine.ts';
import type { App } from '../app.ts';
import { formatInstant } from '../instant.ts';
import { tags } from '../openapi.ts';
import type { Limits } from '../parts.ts';
import { problemResponses } from '../problem.ts';
import { queryOf, wholeNumber } from '../query.ts';

interface QuarantineParts {
  readonly quarantine: (query: QuarantineQuery) => Promise<readonly QuarantinedMessage[]>;
  readonly limits: Limits;
}

const defaultRows = 100;

export const quarantineSchema = z
  .object({
    messages: z.array(
      z.object({
        id: z.int(),
        receivedAt: z.iso.datetime(),
        topic: z.string(),
        reason: z.string().describe('Stable name, such as "not_json" or "out_of_limits".'),
        detail: z.string().describe('One line: what, where and what to do.'),
        payload: z.string().describe('As text, client identities blacked out, cut at a limit.'),
      }),
    ),
    next: z.int().optional().describe('`before` of the next page; absent on the last one.'),
  })
  .meta({ id: 'Quarantine', description: 'Messages that could not become a reading, newest first.' });

export const quarantineRoute = (app: App, { quarantine, limits }: QuarantineParts): void => {
  const querystring = queryOf({
    limit: wholeNumber(1, limits.quarantinePageRowsMax)
      .default(defaultRows)
      .describe('Messages of one page.'),
    before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional().describe('`next` of the page before.'),
  });
  app.get(
    '/api/v1/quarantine',
    {
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'Messages in quarantine',
        description: 'What could not become a reading, newest first, with the reason and the payload.',
        tags: [tags.books],
        querystring,
        response: { 200: quarantineSchema, ...problemResponses(400, 503) },
      },
    },
    async (request) => {
      const { limit, before } = request.query;
      // One more than asked for tells whether there is a next page.
      const found = await quarantine({ limit: limit + 1, ...(before === undefined ? {} : { before }) });
      const messages = found.slice(0, limit).map(describeMessage);
      const last = messages.at(-1);
      return found.length > limit && last !== undefined ? { messages, next: last.id } : { messages };
    },
  );
};

const describeMessage = ({ id, receivedAt, topic, reason, detail, payload }: QuarantinedMessage) => ({
  id,
  receivedAt: formatInstant(receivedAt),
  topic,
  reason,
  detail,
  payload,
});
