import { isLoopbackAuthority } from '../exposure.ts';
import type { App } from './app.ts';
import { sendProblem } from './problem.ts';

/** It asks for a secret of each sender's own, and a sender comes by whatever name the operator gave us. */
const lockedRoute = '/hooks/:source';

/**
 * Without a token the server is on loopback alone, and a name that is none of this machine is one that somebody else
 * made point here, so that a page of theirs may read what it serves: DNS rebinding. HTTP/1.0 may come without a name.
 */
export const requireLoopbackHost = (app: App): void => {
  app.addHook('onRequest', async (request, reply) => {
    const { host } = request.headers;
    if (host === undefined || isLoopbackAuthority(host) || request.routeOptions.url === lockedRoute) return;
    const detail = 'without a token this server answers to localhost, 127.0.0.1 and [::1] alone';
    return sendProblem(reply, 421, `${detail}; set APERTO_HTTP_TOKEN to reach it by another name`);
  });
};
