import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** An error as clients see it: RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string().describe('Always "about:blank": the status says it all (RFC 9457 §4.2.1).'),
    title: z.string().describe('The status in words.'),
    status: z.int(),
    detail: z.string().describe('One line: what, where and what to do.'),
    instance: z.string().describe('Path of the request.'),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });
export type Problem = z.infer<typeof problemSchema>;

export const problemType = 'application/problem+json';
const detailLengthMax = 2_000;

/** @param url of the request; only its path is told, a query may hold secrets */
export const problem = (status: number, detail: string, url: string): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail: oneLine(detail).slice(0, detailLengthMax),
  instance: pathOf(url),
});

export const pathOf = (url: string): string => (url.split('?', 1)[0] ?? '').slice(0, 256);

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, ' ');

/** Answers a request with a problem. */
export const sendProblem = (reply: FastifyReply, status: number, detail: string): FastifyReply =>
  reply
    .code(status)
    .type(problemType)
    .send(JSON.stringify(problem(status, detail, reply.request.url)));

const meanings: Readonly<Record<number, string>> = {
  400: 'A parameter is wrong; the detail names it and what is allowed.',
  401: 'The secret is missing or another one; the detail says where it is expected.',
  403: 'Closed; the detail says what opens it.',
  404: 'There is no such thing; the detail lists what there is.',
  406: 'None of the accepted media types can be given.',
  413: 'The body is too large.',
  415: 'The body is of another media type than JSON or text.',
  429: 'Too many requests; Retry-After says when to ask again.',
  503: 'Not now; try again later.',
};

/** Error responses of a route, for its documentation. */
export const problemResponses = (...statuses: readonly number[]) =>
  Object.fromEntries(
    [...statuses, 429, 500].map((status) => [
      status,
      {
        description: meanings[status] ?? 'An error on our side; the log has more.',
        content: { [problemType]: { schema: problemSchema } },
      },
    ]),
  );
