import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { buildDashboards } from '../dashboards/build.ts';
import { dashboardSchema, panelsOf } from '../dashboards/lint/dashboard.ts';
import { escapeText } from '../dashboards/preview/draw/escape.ts';
import { startPreview } from '../dashboards/preview/server.ts';
import { root } from './compose-file.ts';
import { findChromium } from './services/chromium.ts';
import { type Influx, startInflux } from './services/influx.ts';
import { fillStreet } from './support/street-in-influx.ts';
import { viaRossini as site } from './support/via-rossini.ts';

/** `PICTURES_DAYS=14` also writes docs/pictures/ (`npm run pictures`). */
const { PICTURES_DAYS: pictureDays } = process.env;
const hourMs = 3_600_000;
const to = Date.parse('2026-06-23T18:00:00+02:00');
const from = to - (pictureDays === undefined ? 3 * hourMs : Number(pictureDays) * 24 * hourMs);

let influx: Influx;
let preview: Awaited<ReturnType<typeof startPreview>>;
beforeAll(async () => {
  influx = await startInflux();
  await fillStreet(influx, site, { from, to }, to);
  preview = await startPreview({ site, influx, port: 0, now: () => to });
}, 900_000);
afterAll(async () => {
  await preview.close();
  await influx.dropDatabase(`${influx.database}_rollup`);
  await influx.stop();
});

const boards = [...buildDashboards({ site })].map(
  ([file, text]) => [file.replace('.json', ''), dashboardSchema.parse(JSON.parse(text))] as const,
);

test.each(boards)('%s is drawn panel by panel, and says that it is a preview', async (path, dashboard) => {
  const reply = await fetch(`${preview.url}/${path}`);
  const page = await reply.text();
  expect([reply.status, page.slice(0, 15)]).toEqual([200, '<!doctype html>']);
  expect(page).toContain('Preview by Aperto, not Grafana');
  const titles = panelsOf(dashboard).map(({ title = '' }) => `<h3>${escapeText(title)}`);
  expect(titles.filter((title) => !page.includes(title))).toEqual([]);
  expect(page.match(/<article /g)).toHaveLength(titles.length);
  expect(page).not.toMatch(/NaN|Infinity|undefined|\[\[/);
});

test('what is wrong with an address is said, and no script runs on a page', async () => {
  const list = await fetch(preview.url);
  expect(await list.text()).toContain('<a href="/en/energy">');
  expect(list.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
  expect((await fetch(`${preview.url}/en/nothing`)).status).toBe(404);
  const wrong = await fetch(`${preview.url}/en/now?days=0`);
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('days a number')]);
});

test('a choice narrows what is asked', async () => {
  const page = await (await fetch(`${preview.url}/en/seat?var-seat=S30`)).text();
  expect([...page.matchAll(/<span>(S\d\d)<\/span>/g)].map(([, seat]) => seat)).toEqual(['S30']);
});

test('the figures on a page are those of the store', async () => {
  const page = await (await fetch(`${preview.url}/en/pipeline`)).text();
  expect(page).toMatch(/<h3>Imbalance of the books.*?<b[^>]*>0<\/b>/);
  const shown = /<h3>Went to quarantine.*?<b[^>]*>([^<]+)<\/b>/.exec(page)?.[1];
  expect(shown).toBe(`${((100 * 2) / 206).toFixed(2)} %`);
});

test('a browser shows every board at its whole size', async () => {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1_616, height: 900 } });
    const wanted = pictureDays === undefined ? boards.slice(0, 1) : boards;
    for (const [path] of wanted) {
      await page.goto(`${preview.url}/${path}${one[path.replace(/^.*\//, '')] ?? ''}`);
      expect(await page.locator('article').first().isVisible()).toBe(true);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow, path).toBe(0);
      if (pictureDays !== undefined && path.startsWith('en/')) await keepPictures(page, path);
    }
  } finally {
    await browser.close();
  }
});

/** What boards about one device are shown with. */
const one: Readonly<Record<string, string>> = {
  seat: '?var-seat=S30',
  'access-point': '?var-access_point=AP4',
  meter: '?var-meter=M5',
};

/** One picture of what opens at once, one of what waits in collapsed rows; each under 100 kB. */
const keepPictures = async (page: Page, path: string): Promise<void> => {
  for (const part of ['open', 'collapsed']) {
    const other = part === 'open' ? 'collapsed' : 'open';
    if ((await page.locator(`div.${part}`).count()) === 0) continue;
    await page.addStyleTag({ content: `div.${part} { display: block } div.${other} { display: none }` });
    const png = await page.locator('main').screenshot();
    const name = `${path.replace('en/', '')}${part === 'open' ? '' : '-rows'}.webp`;
    const picture = await toWebp(page, png);
    expect(picture.length, name).toBeLessThan(100_000);
    mkdirSync(join(root, 'docs/pictures'), { recursive: true });
    writeFileSync(join(root, 'docs/pictures', name), picture);
  }
};

/** The browser writes WebP, at three quarters of the size; coarser until it is small enough. */
const toWebp = async (page: Page, png: Buffer): Promise<Buffer> => {
  const script = `(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (mark) => mark.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(image.width * 0.75, image.height * 0.75);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.8, 0.6, 0.4, 0.25, 0.1]) {
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
      if (blob.size < 100_000 || quality === 0.1) {
        let text = '';
        for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
        return btoa(text);
      }
    }
  })()`;
  return Buffer.from(z.string().parse(await page.evaluate(script)), 'base64');
};
