import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Site } from '../../../model/site.ts';
import type { App } from '../app.ts';
import { tags } from '../openapi.ts';
import { problemResponses } from '../problem.ts';
import { allowStyle } from '../security.ts';

const style = 'body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40rem;padding:0 1rem}';
const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** A page for one who opens the address in a browser and wonders what it is. */
export const homeRoute = (app: App, { sites }: { readonly sites: ReadonlyMap<string, Site> }): void => {
  const page = homePage([...sites.values()]);
  app.get(
    '/',
    {
      helmet: allowStyle(styleSource),
      schema: {
        summary: 'A first page',
        description: 'Names the sites and links to what there is to see.',
        tags: [tags.operation],
        response: {
          200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
          ...problemResponses(),
        },
      },
    },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(page),
  );
};

const homePage = (sites: readonly Site[]): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Aperto</title><style>${style}</style></head>
<body>
<h1>Aperto</h1>
<p>Telemetry of open-air offices.</p>
${sites.map(siteSection).join('\n')}
<h2>This server</h2>
<ul>
<li><a href="/docs">Documentation of the API</a></li>
<li><a href="/api/v1/ledger">Ledger</a>: what became of every message</li>
<li><a href="/api/v1/quarantine">Quarantine</a>: messages that could not be read, and why</li>
<li><a href="/health/ready">Health</a></li>
<li><a href="/metrics">Metrics</a></li>
</ul>
</body>
</html>
`;

const siteSection = ({ id, name, city }: Site): string => `<h2>${escapeHtml(`${name}, ${city}`)}</h2>
<ul>
<li><a href="/api/v1/sites/${id}/now">Now</a>: the latest of every device</li>
<li><a href="/api/v1/sites/${id}/events">Events</a>: changes as they happen</li>
<li><a href="/api/v1/sites/${id}">Site</a>: zones, devices, opening hours, tariff</li>
</ul>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
