import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import type { Board, BoardFile } from '../board.ts';
import { matchesTag } from '../etag.ts';
import { tags } from '../openapi.ts';
import { pathOf, problemResponses, sendProblem } from '../problem.ts';
import { findSite, sitePath } from '../query.ts';
import { boardPolicy, publicPolicy, workerPolicy } from '../security.ts';
import { sharePage } from '../share-page.ts';

interface BoardParts {
  readonly sites: ReadonlyMap<string, Site>;
  /** Where absent, nobody built it, and this server has the API alone. */
  readonly board?: Board;
}

/** The board is one page that shows what its path names. */
export const boardPages = [
  '/',
  '/use',
  '/wifi',
  '/energy',
  '/devices',
  '/events',
  '/quality',
  '/about',
] as const;

const html = {
  200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
};
const hidden = { schema: { hide: true } };

export const boardRoutes = (app: App, { sites, board }: BoardParts): void => {
  const index = board?.get('index.html');
  const shared = board?.get('public.html');
  const worker = board?.get('assets/worker.js');
  if (board === undefined || index === undefined || shared === undefined || worker === undefined) return;

  for (const path of boardPages) {
    app.get(
      path,
      {
        helmet: boardPolicy,
        schema: {
          hide: path !== '/',
          summary: 'The live board',
          description: 'For people: what the place is like now and was before, and how good the figures are.',
          tags: [tags.operation],
          response: { ...html, ...problemResponses() },
        },
      },
      async (request, reply) => sendFile(request, reply, index),
    );
  }
  app.get(
    '/p/:site',
    {
      helmet: publicPolicy,
      schema: {
        summary: 'The page for everybody',
        description:
          'Free seats, how busy it usually is, weather and Wi-Fi. Other sites may put it in a frame.',
        tags: [tags.data],
        params: sitePath,
        response: { ...html, ...problemResponses(404) },
      },
    },
    async (request, reply) => {
      const site = findSite(sites, request.params.site);
      const origin = `${request.protocol}://${request.host}`;
      reply.header('cache-control', 'no-cache').removeHeader('x-frame-options');
      return reply.type(shared.type).send(sharePage(shared.body.toString(), site, origin));
    },
  );
  // From beside the other files it would care for them alone.
  app.get('/assets/worker.js', { helmet: workerPolicy, ...hidden }, async (request, reply) =>
    sendFile(request, reply.header('service-worker-allowed', '/'), worker),
  );
  app.get('/assets/*', hidden, async (request, reply) => {
    const file = board.get(pathOf(request.url).slice(1));
    return file === undefined
      ? sendProblem(reply, 404, 'no such file of the live board')
      : sendFile(request, reply, file);
  });
};

const yearS = 365 * 24 * 3600;

const sendFile = (request: FastifyRequest, reply: FastifyReply, file: BoardFile): FastifyReply => {
  const { type, etag, isHashed } = file;
  reply
    .headers({ etag, vary: 'accept-encoding' })
    .header('cache-control', isHashed ? `public, max-age=${yearS}, immutable` : 'no-cache');
  if (matchesTag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const [body, encoding] = encodingOf(request, file);
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.type(type).send(body);
};

const encodingOf = (
  request: FastifyRequest,
  { body, brotli, gzip }: BoardFile,
): [Buffer, string | undefined] => {
  const accepted = request.accepts().encodings();
  const takes = (name: string): boolean => Array.isArray(accepted) && accepted.includes(name);
  if (brotli !== undefined && takes('br')) return [brotli, 'br'];
  if (gzip !== undefined && takes('gzip')) return [gzip, 'gzip'];
  return [body, undefined];
};
