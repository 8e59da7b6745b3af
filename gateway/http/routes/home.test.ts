import { expect, it } from 'vitest';
import { readStatus } from '../../../test/http/requests.ts';
import { startHttp, viaRossini } from '../../../test/http/start.ts';

it('names the site and links only to routes that answer', async () => {
  const { url } = await startHttp();
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const page = await response.text();
  expect(page).toContain('<h2>Via Rossini, Pesaro</h2>');
  const links = [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
  expect(links).toContain('/api/v1/sites/via-rossini/now');
  expect(links.filter((link) => !link.startsWith('/'))).toEqual([]);
  for (const link of links) {
    expect(`${link} ${await readStatus(url + link)}`).toBe(`${link} 200`);
  }
});

it('asks for nothing from elsewhere and escapes names', async () => {
  const site = { ...viaRossini(), name: '<script>alert("x")</script> & Co' };
  const { url } = await startHttp({ sites: new Map([[site.id, site]]) });
  const response = await fetch(url);
  const page = await response.text();
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Co');
  expect(page).not.toMatch(/<script|<img|<link|@import|https?:/);
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none';.*;style-src 'sha256-[\w+/]{43}='$/,
  );
});
