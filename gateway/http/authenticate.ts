import { sameSecret } from '../secret.ts';
import type { App } from './app.ts';
import { sendProblem } from './problem.ts';

/**
 * What holds no data: the first page, the documentation, and what a supervisor asks. And the hooks, which ask for a
 * secret of each sender's own.
 */
const openRoutes: ReadonlySet<string> = new Set(['/', '/health/live', '/health/ready', '/hooks/:source']);
const isOpen = (route: string | undefined): boolean =>
  route !== undefined && (openRoutes.has(route) || route === '/docs' || route.startsWith('/docs/'));

/** Asks for a bearer token (RFC 6750) on every route that is not open, and on those that do not exist. */
export const requireToken = (app: App, token: string): void => {
  app.addHook('onRequest', async (request, reply) => {
    if (isOpen(request.routeOptions.url)) return;
    const given = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (sameSecret(given, token)) return;
    reply.header('www-authenticate', 'Bearer');
    return sendProblem(reply, 401, 'send the header "Authorization: Bearer" with the token of this server');
  });
};
