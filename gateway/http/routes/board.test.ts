import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openRaw, readProblem, readStatus } from '../../../test/http/requests.ts';
import { startHttp, viaRossini } from '../../../test/http/start.ts';
import { Tokens } from '../tokens.ts';
import { boardPages } from './board.ts';

const sourcesOf = (html: string): readonly string[] =>
  [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');

it('shows the board on each of its paths, with a policy that lets nothing in from elsewhere', async () => {
  const { url } = await startHttp();
  const first = await (await fetch(url)).text();
  for (const path of boardPages) {
    const response = await fetch(url + path);
    expect(`${path} ${response.status}`).toBe(`${path} 200`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none';.*frame-ancestors 'none';.*script-src 'self';style-src 'self';/,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(await response.text()).toBe(first);
  }
  const sources = sourcesOf(first);
  expect(sources.length).toBeGreaterThan(3);
  expect(first).not.toMatch(/<script>|<style|\son\w+=|https?:/);
  for (const source of sources) expect(`${source} ${await readStatus(url + source)}`).toBe(`${source} 200`);
});

it('sends files compressed, once and for ever where their names tell of their content', async () => {
  const { url } = await startHttp();
  const script = sourcesOf(await (await fetch(url)).text()).find((source) => source.endsWith('.js')) ?? '';
  const plain = await fetch(url + script, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(plain.headers.get('vary')).toBe('accept-encoding');
  const text = await plain.text();
  for (const [encoding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const { port } = new URL(url);
    const request = `GET ${script} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`;
    const client = await openRaw(Number(port), request);
    const chunks: Buffer[] = [];
    client.socket.on('data', (chunk) => chunks.push(chunk));
    await client.closed;
    const answer = Buffer.concat(chunks);
    const bodyAt = answer.indexOf('\r\n\r\n') + 4;
    expect(answer.subarray(0, bodyAt).toString().toLowerCase()).toContain(`content-encoding: ${encoding}`);
    expect(unpack(answer.subarray(bodyAt)).toString()).toBe(text);
  }
  const etag = plain.headers.get('etag') ?? '';
  expect((await fetch(url + script, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

it('lets the service worker care for all pages, under a policy of its own', async () => {
  const { url } = await startHttp();
  const { headers } = await fetch(`${url}/assets/worker.js`);
  expect(headers.get('service-worker-allowed')).toBe('/');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('content-security-policy')).toContain("connect-src 'self'");
});

it.each(['/assets/', '/assets/../package.json', '/assets/%2e%2e/index.html', '/assets/hashed/none.js'])(
  'has no file %s',
  async (path) => {
    const { port } = await startHttp();
    const client = await openRaw(
      port,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    await client.closed;
    expect(client.text()).toMatch(/^HTTP\/1\.1 404 /);
  },
);

it('gives the public page a title, a preview and the right to be framed, and escapes names', async () => {
  const site = { ...viaRossini(), name: '<script>alert("x")</script> & Co' };
  const { url } = await startHttp({ sites: new Map([[site.id, site]]) });
  const response = await fetch(`${url}/p/via-rossini`);
  const page = await response.text();
  expect(page).toContain('<title>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Co, Pesaro</title>');
  expect(page).toContain(`<meta property="og:url" content="${url}/p/via-rossini" />`);
  expect(page).toContain(`<meta property="og:image" content="${url}/assets/share.png" />`);
  expect(page).not.toMatch(/%[A-Z]+%|<script>/);
  expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *');
  expect(response.headers.get('x-frame-options')).toBeNull();
  expect(response.headers.get('set-cookie')).toBeNull();
  await readProblem(await fetch(`${url}/p/nowhere`), 404);
});

it('needs no token for pages and files, and shows no data without one', async () => {
  const { url } = await startHttp({ tokens: new Tokens({ token: 'a-token-of-this-test' }) });
  for (const path of ['/', '/devices', '/p/via-rossini', '/assets/icon.svg', '/assets/worker.js']) {
    expect(`${path} ${await readStatus(url + path)}`).toBe(`${path} 200`);
  }
  await readProblem(await fetch(`${url}/api/v1/sites`), 401);
});
