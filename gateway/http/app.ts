import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import accepts from '@fastify/accepts';
import helmet from '@fastify/helmet';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireToken } from './authenticate.ts';
import { sendFailure } from './failure.ts';
import { requireLoopbackHost } from './host.ts';
import type { Limits } from './parts.ts';
import { pathOf, sendProblem } from './problem.ts';
import { helmetOptions } from './security.ts';
import { refuseClient, serverOptions } from './sockets.ts';

export type App = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

interface AppOptions {
  readonly limits: Limits;
  /** Asked for as a bearer token where it is set. */
  readonly token: string | undefined;
  readonly logger: FastifyBaseLogger | undefined;
}

/** A Fastify without routes: limits, security headers, and problems for whatever goes wrong. */
export const createApp = async ({ limits, token, logger }: AppOptions): Promise<App> => {
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
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `no route ${request.method} ${pathOf(request.url)}; /docs lists them`),
  );

  await app.register(helmet, helmetOptions);
  await app.register(accepts);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (request.url.length > limits.urlLengthMax) {
      return sendProblem(reply, 414, `the URL is longer than ${limits.urlLengthMax} characters`);
    }
  });
  if (token === undefined) requireLoopbackHost(app);
  else requireToken(app, token);
  return app;
};
