import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Accept, Message, Outcome } from '../../../ingest/message.ts';
import type { Clock } from '../../../model/clock.ts';
import { ApertoError } from '../../../model/errors.ts';
import { hookTopic } from '../../../model/topic.ts';
import type { App } from '../app.ts';
import { hasToken, needsBody, openPost } from '../hooks/credential.ts';
import { lockOf, waysIn } from '../hooks/lock.ts';
import { type HookSecrets, type HookSource, hookSources, validatorSetting } from '../hooks/source.ts';
import { listNames } from '../names.ts';
import { tags } from '../openapi.ts';
import type { Limits } from '../parts.ts';
import { problemResponses, sendProblem } from '../problem.ts';
import { oneOf } from '../query.ts';

interface HookParts {
  readonly accept: Accept;
  readonly hooks: HookSecrets;
  readonly clock: Clock;
  readonly limits: Limits;
}

const path = '/hooks/:source';
const params = z.object({ source: z.string().describe(`One of ${listNames(hookSources)}.`) });

/** Events of ChirpStack's HTTP integration. Other parameters that a sender adds to its address are its own matter. */
const chirpstackEvents = ['up', 'join', 'ack', 'txack', 'status', 'log', 'location', 'integration'] as const;
const querystring = z.object({
  event: oneOf(chirpstackEvents).optional().describe('chirpstack: what it tells of.'),
});

export const outcomeSchema = z
  .object({
    outcome: z.enum(['accepted', 'duplicate', 'quarantined', 'refused']),
    points: z.int().optional().describe('Points that it made, where it was accepted.'),
    reason: z.string().optional().describe('Why it was not.'),
  })
  .meta({
    id: 'Outcome',
    description: 'What became of a message. It is settled: to send it again is no use.',
  });

/** The door for those who call instead of publishing. Each has a secret of its own; the server's token has no part. */
export const hooksRoutes = (app: App, parts: HookParts): void => {
  app.register(async (scope) => {
    takeBytes(scope);
    addReceiver(scope, parts);
    addValidator(scope, parts.hooks);
  });
};

/** A signature is over bytes, and decode reads them itself. */
const takeBytes = (scope: App): void => {
  scope.removeAllContentTypeParsers();
  const types = /^(?:application\/(?:[\w.-]+\+)?json|text\/plain)\s*(?:;|$)/i;
  scope.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
};

const sendWrongSecret = (reply: FastifyReply, source: HookSource): FastifyReply => {
  reply.header('www-authenticate', 'Bearer');
  return sendProblem(reply, 401, `send the secret of the hook ${source} as ${waysIn[source]}`);
};

const addReceiver = (scope: App, { accept, hooks, clock, limits }: HookParts): void => {
  scope.post(
    path,
    {
      bodyLimit: limits.hookPayloadBytesMax,
      handlerTimeout: limits.answerTimeoutMs,
      schema: {
        summary: 'A message by webhook',
        description:
          'Takes what a network server, a controller or a cloud posts in its own format, JSON or text, and answers 200 ' +
          'once it is durable. Each source shows a secret of its own: as a bearer token, in X-Aperto-Token, in ' +
          'X-Downlink-Apikey (tts), in the body (meraki), or by X-Hub-Signature-256 over the body.',
        tags: [tags.data],
        security: [],
        params,
        querystring,
        consumes: ['application/json', 'text/plain'],
        body: z.unknown().describe('As the sender writes it.'),
        response: { 200: outcomeSchema, ...problemResponses(400, 401, 403, 404, 413, 415, 503) },
      },
      // What the headers decide is decided before anybody reads the body.
      onRequest: async (request, reply) => {
        const lock = lockOf(hooks, request.params.source);
        if ('status' in lock) return sendProblem(reply, lock.status, lock.detail);
        const { source, secret } = lock;
        if (!hasToken(source, request.headers, secret) && !needsBody(source, request.headers))
          return sendWrongSecret(reply, source);
      },
    },
    async (request, reply) => {
      const lock = lockOf(hooks, request.params.source);
      if ('status' in lock) return sendProblem(reply, lock.status, lock.detail);
      const { source, secret } = lock;
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const payload = openPost(source, request.headers, body, secret);
      if (payload === undefined) return sendWrongSecret(reply, source);
      const { kind, ...rest } = await settle(accept, limits, {
        topic: hookTopic(source, source === 'chirpstack' ? request.query.event : undefined),
        payload,
        qos: 1,
        receivedAt: clock.now(),
        origin: `hook:${source}`,
      });
      return { outcome: kind, ...rest };
    },
  );
};

/** Who is turned away because there is no room is told when to come back. */
const settle = async (accept: Accept, limits: Limits, message: Message): Promise<Outcome> => {
  try {
    return await accept(message);
  } catch (error) {
    if (!(error instanceof ApertoError) || error.retryAfterMs !== undefined) throw error;
    const { code, retry } = error;
    throw new ApertoError(code, error.message, {
      cause: error,
      retry,
      retryAfterMs: limits.hookRetryAfterMs,
    });
  }
};

/** Meraki's cloud asks for a text that only its dashboard and this receiver know, before it posts. */
const addValidator = (scope: App, { merakiValidator }: HookSecrets): void => {
  scope.get(
    path,
    {
      schema: {
        summary: "The validator of Meraki's Scanning API",
        description: 'Answers the text that the dashboard shows beside the address of the receiver.',
        tags: [tags.data],
        security: [],
        params,
        response: {
          200: { description: 'The validator', content: { 'text/plain': { schema: z.string() } } },
          ...problemResponses(403, 404),
        },
      },
    },
    async (request, reply) => {
      const { source } = request.params;
      if (source !== 'meraki')
        return sendProblem(reply, 404, 'only meraki has a validator; post to the others');
      if (merakiValidator === undefined)
        return sendProblem(reply, 403, `the hook meraki has no validator: set ${validatorSetting}`);
      return reply.type('text/plain; charset=utf-8').send(merakiValidator);
    },
  );
};
