import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { App } from './app.ts';
import { pathOf } from './problem.ts';
import { eventStreamType } from './sse.ts';

export type RefusedReason = 'connections' | 'event_streams' | 'slow_reader';

/** What the HTTP edge counts of itself. */
export interface HttpMetrics {
  readonly seconds: Histogram<'method' | 'route' | 'status'>;
  refuse(reason: RefusedReason): void;
}

export const createHttpMetrics = (registry: Registry): HttpMetrics => {
  const refused = new Counter({
    name: 'aperto_http_refused_total',
    help: 'Connections and event streams over a limit, by the limit.',
    labelNames: ['reason'],
    registers: [registry],
  });
  return {
    seconds: new Histogram({
      name: 'aperto_http_request_duration_seconds',
      help: 'Time from request to answer; event streams are not in it.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
      registers: [registry],
    }),
    refuse: (reason) => refused.inc({ reason }),
  };
};

/** @param count read when the metrics are */
export const gaugeEventStreams = (registry: Registry, count: () => number): Gauge =>
  new Gauge({
    name: 'aperto_http_event_streams',
    help: 'Open event streams.',
    registers: [registry],
    collect() {
      this.set(count());
    },
  });

/** Times and logs every answer. The path is logged, never the query. */
export const observeRequests = (app: App, metrics: HttpMetrics): void => {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const { statusCode: status, elapsedTime: durationMs } = reply;
    if (reply.getHeader('content-type') !== eventStreamType) {
      const route = request.routeOptions.url ?? 'unknown';
      metrics.seconds.observe({ method, route, status }, durationMs / 1000);
    }
    const line = { method, path: pathOf(request.url), status, durationMs: Math.round(durationMs) };
    if (status >= 400) request.log.info(line, 'request refused');
    else request.log.debug(line, 'request answered');
  });
};
