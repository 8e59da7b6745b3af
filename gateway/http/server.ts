import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import { ApertoError } from '../../model/errors.ts';
import { limits as defaultLimits } from '../../model/limits.ts';
import { listen } from '../listen.ts';
import { type App, createApp } from './app.ts';
import { EventHub } from './event-hub.ts';
import { noFigures } from './figures.ts';
import { createHttpMetrics, gaugeEventStreams, observeRequests } from './observe.ts';
import { documentRoutes } from './openapi.ts';
import type { HttpParts, Limits } from './parts.ts';
import { anomaliesRoute } from './routes/anomalies.ts';
import { boardRoutes } from './routes/board.ts';
import { devicesRoute } from './routes/devices.ts';
import { eventsRoute } from './routes/events.ts';
import { hooksRoutes } from './routes/hooks.ts';
import { kpiRoute } from './routes/kpi.ts';
import { ledgerRoute } from './routes/ledger.ts';
import { livenessRoute } from './routes/liveness.ts';
import { metricsRoute } from './routes/metrics.ts';
import { nowRoute } from './routes/now.ts';
import { publicRoute } from './routes/public.ts';
import { quarantineRoute } from './routes/quarantine.ts';
import { readinessRoute } from './routes/readiness.ts';
import { rollupsRoute } from './routes/rollups.ts';
import { seriesRoute } from './routes/series.ts';
import { siteRoute } from './routes/site.ts';
import { sitesRoute } from './routes/sites.ts';
import { createSecureServer } from './secure.ts';
import { limitSockets } from './sockets.ts';
import { Tokens } from './tokens.ts';

export interface HttpServer {
  /** Opens the port; 0 picks a free one. Rejects with ApertoError `address_in_use` or `config`. */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** The same over TLS, with `certificates`. Rejects with `config` without them. */
  listenSecurely(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** For the `upgrade` listener of MQTT over WebSocket. Whoever upgrades a socket ends it before `close`. */
  readonly server: Server;
  /** The same of the one over TLS, with `certificates`. */
  readonly secureServer: SecureServer | undefined;
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

  const { tokens = new Tokens({}), corsOrigins = [], certificates, logger } = parts;
  const app = await createApp({ limits, tokens, corsOrigins, logger });
  const refuse = (): void => metrics.refuse('connections');
  const sockets = limitSockets(app.server, limits, refuse);
  const secure =
    certificates === undefined ? undefined : createSecureServer(app, certificates, limits, refuse);
  observeRequests(app, metrics);
  await documentRoutes(app, tokens.isLocked);
  addRoutes(app, { ...parts, limits, hub });
  await app.ready();

  const closeAll = async (): Promise<void> => {
    hub.close();
    sockets.endSilent();
    const timer = setTimeout(() => {
      sockets.endAll();
      secure?.sockets.endAll();
    }, limits.closeTimeoutMs);
    try {
      await Promise.all([app.close(), secure?.close()]);
    } finally {
      clearTimeout(timer);
    }
  };
  let closed: Promise<void> | undefined;
  return {
    listen: (host, port) => listen(app.server, host, port, 'HTTP', '--http-port'),
    listenSecurely: async (host, port) => {
      if (secure === undefined) throw new ApertoError('config', 'HTTPS: no certificates');
      return await listen(secure.server, host, port, 'HTTPS', '--https-port');
    },
    server: app.server,
    secureServer: secure?.server,
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
  boardRoutes(app, parts);
  livenessRoute(app);
  readinessRoute(app, parts);
  metricsRoute(app, parts);
  sitesRoute(app, parts);
  siteRoute(app, parts);
  nowRoute(app, parts);
  seriesRoute(app, parts);
  const { figures = noFigures } = parts;
  kpiRoute(app, { ...parts, figures });
  anomaliesRoute(app, { ...parts, figures });
  rollupsRoute(app, { ...parts, figures });
  publicRoute(app, { ...parts, figures });
  eventsRoute(app, parts);
  devicesRoute(app, parts);
  ledgerRoute(app, parts);
  quarantineRoute(app, parts);
  hooksRoutes(app, { ...parts, hooks: parts.hooks ?? { tokens: new Map() } });
};
