import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { definitionOf, measurementNames } from '../../model/measurements.ts';
import { readStatus } from '../../test/http/requests.ts';
import { startHttp } from '../../test/http/start.ts';

const operation = z.object({
  summary: z.string().min(3),
  description: z.string().min(20),
  tags: z.array(z.string()).length(1),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.string(), description: z.string().min(3), schema: z.object({}) }),
    )
    .optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: z.record(z.string(), z.unknown()) }),
  ),
});
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.object({ type: z.literal('object') })) }),
});

const readDocument = async (url: string) =>
  documentSchema.parse(await (await fetch(`${url}/docs/json`)).json());

describe('OpenAPI', () => {
  it('documents every route with its answers and its errors', async () => {
    const { url } = await startHttp();
    const { paths } = await readDocument(url);
    expect(Object.keys(paths).sort()).toEqual([
      '/',
      '/api/v1/devices',
      '/api/v1/ledger',
      '/api/v1/quarantine',
      '/api/v1/rollups',
      '/api/v1/sites',
      '/api/v1/sites/{site}',
      '/api/v1/sites/{site}/anomalies',
      '/api/v1/sites/{site}/events',
      '/api/v1/sites/{site}/kpi/{kpi}',
      '/api/v1/sites/{site}/now',
      '/api/v1/sites/{site}/public',
      '/api/v1/sites/{site}/series',
      '/health/live',
      '/health/ready',
      '/hooks/{source}',
      '/metrics',
      '/p/{site}',
    ]);
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({ path: `${method} ${path}`, responses })),
    );
    expect(operations.map(({ path }) => path).filter((path) => !path.startsWith('get '))).toEqual([
      'post /hooks/{source}',
    ]);
    for (const { path, responses } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '500']));
      const statuses = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      for (const [status, { content }] of statuses) {
        expect([path, status, content]).toEqual([
          path,
          status,
          { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        ]);
      }
    }
  });

  it('names shared schemas, each once, and refers to none that is missing', async () => {
    const { url } = await startHttp();
    const text = await (await fetch(`${url}/docs/json`)).text();
    const { components } = documentSchema.parse(JSON.parse(text));
    const referenced = new Set(
      [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]),
    );
    expect([...referenced].sort()).toEqual(Object.keys(components.schemas).sort());
    expect([...referenced].filter((name) => name?.endsWith('Input'))).toEqual([]);
    expect(referenced).toContain('Entry');
  });

  it('has a parameter of series for every tag of the model', async () => {
    const { url } = await startHttp();
    const { paths } = await readDocument(url);
    const names = paths['/api/v1/sites/{site}/series']?.get?.parameters?.map(({ name }) => name);
    const tags = measurementNames.flatMap((name) => Object.keys(definitionOf(name).tags));
    expect(names).toEqual(expect.arrayContaining([...tags, 'device', 'zone']));
  });

  it('gives the same as YAML, and a page whose scripts come from here alone', async () => {
    const { url } = await startHttp();
    expect(await (await fetch(`${url}/docs/yaml`)).text()).toContain('openapi: 3.1.0');
    const page = await fetch(`${url}/docs`);
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';/);
    const html = await page.text();
    expect(html).not.toMatch(/(?:src|href)="https?:|<script>(?!\s*<)/);
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) expect(await readStatus(url + source)).toBe(200);
  });
});
