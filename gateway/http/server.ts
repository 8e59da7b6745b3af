import type { Server } from 'node:http';
import { limits as defaultLimits } from '../../model/limits.ts';
import { listen } from '../listen.ts';
import { type App, createApp } from './app.ts';
import { EventHub } from './event-hub.ts';
import { createHttpMetrics, gaugeEventStreams, observeRequests } from './observe.ts';
import { documentRoutes } from './openapi.ts';
import type { HttpParts, Limits } from './parts.ts';
import { devicesRoute } from './routes/devices.ts';
import { eventsRoute } from './routes/events.ts';
import { homeRoute } from './routes/home.ts';
import { hooksRoutes } from './routes/hooks.ts';
import { ledgerRoute } from './routes/ledger.ts';
import { livenessRoute } from './routes/liveness.ts';
import { metricsRoute } from './routes/metrics.ts';
import { nowRoute } from './routes/now.ts';
import { quarantineRoute } from './routes/quarantine.ts';
import { readinessRoute } from './routes/readiness.ts';
import { seriesRoute } from './routes/series.ts';
import { siteRoute } from './routes/site.ts';
import { sitesRoute } from './routes/sites.ts';
import { limitSockets } from './sockets.ts';

export interface HttpServer {
  /** Opens the port; 0 picks a free one. Rejects with ApertoError `address_in_use` or `config`. */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** For the `upgrade` listener of MQTT over WebSocket. Whoever upgrades a socket ends it before `close`. */
  readonly server: Server;
  /** Ends the event streams, lets open requests finish, and cuts what is left after `limits.closeTimeoutMs`. */
  close(): Promise<void>;
}

/** Builds the HTTP edge: API, events, health, metrics, documentation. It listens once it is told to. */
export const createHttpServer = async (parts: HttpParts): Promise<HttpServer> => {
  const limits: Limits = { ...defaultLimits, ...parts.limits };
  const { live, clock } = parts;
  const metrics = createHttpMetrics(parts.metrics);
  const hub = new EventHub({ live, clock, limits, onRefused: metrics.refuse });
  gaugeEventStreams(parts.metrics, () => hub.size);

  const app = await createApp({ limits, token: parts.token, logger: parts.logger });
  const sockets = limitSockets(app.server, limits, () => metrics.refuse('connections'));
  observeRequests(app, metrics);
  await documentRoutes(app, parts.token !== undefined);
  addRoutes(app, { ...parts, limits, hub });
  await app.ready();

  const closeAll = async (): Promise<void> => {
    hub.close();
    sockets.endSilent();
    const timer = setTimeout(sockets.endAll, limits.closeTimeoutMs);
    try {
      await app.close();
    } finally {
      clearTimeout(timer);
    }
  };
  let closed: Promise<void> | undefined;
  return {
    listen: (host, port) => listen(app.server, host, port, 'HTTP', '--http-port'),
    server: app.server,
    close: () => {
      closed ??= closeAll();
      return closed;
    },
  };
};

interface RouteParts extends HttpParts {
  readonly limits: Limits;
  readonly hub: EventHub;
}

const addRoutes = (app: App, parts: RouteParts): void => {
  homeRoute(app, parts);
  livenessRoute(app);
  readinessRoute(app, parts);
  metricsRoute(app, parts);
  sitesRoute(app, parts);
  siteRoute(app, parts);
  nowRoute(app, parts);
  seriesRoute(app, parts);
  eventsRoute(app, parts);
  devicesRoute(app, parts);
  ledgerRoute(app, parts);
  quarantineRoute(app, parts);
  hooksRoutes(app, { ...parts, hooks: parts.hooks ?? { tokens: new Map() } });
};
