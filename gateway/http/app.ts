import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import accepts from '@fastify/accepts';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { guardRoutes } from './authenticate.ts';
import { sendFailure } from './failure.ts';
import { trackMethods } from './methods.ts';
import type { Limits } from './parts.ts';
import { pathOf, sendProblem } from './problem.ts';
import { corsOptions, helmetOptions } from './security.ts';
import { refuseClient, serverOptions } from './sockets.ts';
import type { Tokens } from './tokens.ts';

export type App = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

interface AppOptions {
  readonly limits: Limits;
  readonly tokens: Tokens;
  /** Pages of these origins may read what the server answers; those of no other where empty. */
  readonly corsOrigins: readonly string[];
  readonly logger: FastifyBaseLogger | undefined;
}

/** A Fastify without routes: limits, security headers, and problems for whatever goes wrong. */
export const createApp = async ({ limits, tokens, corsOrigins, logger }: AppOptions): Promise<App> => {
  const app: App = fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    http: serverOptions(limits),
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    bodyLimit: limits.requestBytesMax,
    routerOptions: { maxParamLength: limits.pathParameterLengthMax },
    // While closing, requests on open connections are served and told to close: Fastify's own 503 is no problem+json.
    return503OnClosing: false,
    frameworkErrors: sendFailure,
    clientErrorHandler: refuseClient,
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  // Handlers are checked against the response schemas by the compiler, and by the tests; not again at run time.
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler(sendFailure);
  const methodsOf = trackMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const allowed = methodsOf(path);
    if (allowed.length === 0)
      return sendProblem(reply, 404, `no route ${request.method} ${path}; /docs lists them`);
    reply.header('allow', allowed.join(', '));
    return sendProblem(reply, 405, `${path} takes ${allowed.join(', ')}, not ${request.method}`);
  });

  await app.register(helmet, helmetOptions);
  await app.register(accepts);
  // What a browser asks before a request has no token yet.
  if (corsOrigins.length > 0) await app.register(cors, corsOptions(corsOrigins));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (request.url.length > limits.urlLengthMax) {
      return sendProblem(reply, 414, `the URL is longer than ${limits.urlLengthMax} characters`);
    }
  });
  await guardRoutes(app, tokens, limits);
  return app;
};
