import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { buildDashboards } from '../build.ts';
import { dashboardSchema, type LintedDashboard } from '../lint/dashboard.ts';
import { escapeText } from './draw/escape.ts';
import type { InfluxAccess } from './influx.ts';
import { html, renderPage } from './page.ts';
import { type Choices, openingChoices, type Span } from './question.ts';

export interface PreviewOptions {
  readonly site: Site;
  readonly influx: InfluxAccess;
  /** On 127.0.0.1; 0 for a free one. */
  readonly port: number;
  readonly now: () => number;
}

const dayMs = 86_400_000;
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/**
 * Serves every board at `/it/energy`, …, over the data that is there. `?to=2026-06-23T16:00:00Z&days=7` chooses what is
 * shown, the last day otherwise; `?var-seat=S07` narrows it.
 */
export const startPreview = async ({
  site,
  influx,
  port,
  now,
}: PreviewOptions): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const boards = new Map(
    [...buildDashboards({ site })].map(([file, text]) => [
      `/${file.replace(/\.json$/, '')}`,
      dashboardSchema.parse(JSON.parse(text)),
    ]),
  );
  const list = [...boards].map(
    ([path, { title }]) => `<li><a href="${path}">${escapeText(`${path.slice(1)} · ${title}`)}</a></li>`,
  );
  const pageOf = async (url: URL): Promise<string | undefined> => {
    if (url.pathname === '/')
      return html('Boards', 'en', `<h1>Preview of the boards</h1><ul>${list.join('')}</ul>`);
    const dashboard = boards.get(url.pathname);
    if (dashboard === undefined) return undefined;
    const language = url.pathname.split('/')[1] ?? 'en';
    return await renderPage({
      dashboard,
      influx,
      choices: choicesIn(url, dashboard),
      span: spanIn(url, now()),
      language,
      timeZone: site.timezone,
    });
  };
  const answer = async (target: string, response: ServerResponse): Promise<void> => {
    try {
      const page = await pageOf(new URL(target, 'http://127.0.0.1'));
      if (page === undefined) response.writeHead(404, headers).end('no such board');
      else response.writeHead(200, headers).end(page);
    } catch (error) {
      const status = error instanceof ApertoError && error.code === 'usage' ? 400 : 502;
      response.writeHead(status, headers).end(html('Error', 'en', `<p>${escapeText(messageOf(error))}</p>`));
    }
  };
  const server = createServer((request, response) => void answer(request.url ?? '/', response));
  server.listen(port, '127.0.0.1');
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => {
      throw new ApertoError(
        'address_in_use',
        `127.0.0.1:${port}: ${messageOf(error)}; choose another --port`,
      );
    }),
  ]);
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** `?var-zone=teatro&var-zone=portico`, as in Grafana's addresses. */
const choicesIn = ({ searchParams }: URL, dashboard: LintedDashboard): Choices =>
  new Map(
    [...openingChoices(dashboard)].map(([name, choice]) => {
      const chosen = searchParams.getAll(`var-${name}`);
      return [name, chosen.length === 0 ? choice : chosen];
    }),
  );

const spanIn = ({ searchParams }: URL, now: number): Span => {
  const to = searchParams.has('to') ? Date.parse(searchParams.get('to') ?? '') : now;
  const days = Number(searchParams.get('days') ?? '1');
  if (!Number.isFinite(to) || !(days > 0 && days <= 400))
    throw new ApertoError('usage', 'to is a time such as 2026-06-23T16:00:00Z, days a number up to 400');
  return { from: to - days * dayMs, to };
};
