import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../gateway/listen.ts';
import { eventually } from '../http/eventually.ts';
import { violationsInBothThemes } from './axe.ts';
import { type Give, live, open } from './given.ts';

const kilobyte = 1_000;

export const testService = (give: Give): void => {
  describe('the budget', () => {
    it('paints within a second, and loads under 250 kB compressed', async () => {
      const { page, context } = await open(give(), { path: '/' });
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      const measured: { readonly paintMs: number; readonly bytes: number; readonly files: number } =
        await page.evaluate(`(() => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        const loaded = [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')];
        return {
          paintMs: paint.startTime,
          bytes: loaded.reduce((sum, { transferSize }) => sum + transferSize, 0),
          files: loaded.length,
        };
      })()`);
      expect(measured.files).toBeGreaterThan(8);
      expect(measured.bytes).toBeLessThan(250 * kilobyte);
      expect(measured.paintMs).toBeLessThan(1_000);
      await context.close();
    });
  });

  describe('the public page', () => {
    it('works in a frame of another origin, without its head and without cookies', async () => {
      const { browser, street } = give();
      const page = `<iframe src="${street.http}/p/via-rossini" width="600" height="800"></iframe>`;
      const other = createServer((_request, response) =>
        response.setHeader('content-type', 'text/html').end(page),
      );
      onTestFinished(() => void other.close());
      const { port } = await listen(other, '127.0.0.1', 0, 'HTTP', 'a port of this test');
      const { page: host, context } = await browser.visit(`http://127.0.0.1:${port}`, { path: '/' });
      const frame = host.frameLocator('iframe');
      await frame.locator('.ap-free').waitFor();
      expect(await frame.locator('h1').textContent()).toBe('Via Rossini, Pesaro');
      expect(await frame.locator('header').count()).toBe(0);
      expect(await context.cookies()).toEqual([]);
      await context.close();
    });
  });

  describe('without a server', () => {
    it('says how old its figures are, opens from the cache, and is live again once the server is', async () => {
      const { street, browser } = give();
      const { page, context } = await open(give(), { path: '/', language: 'en', worker: true });
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
      // The first visit is not the worker's yet.
      await page.reload();
      await page.waitForSelector(live);
      const kept = (): Promise<readonly string[]> =>
        page.evaluate(
          "caches.open('aperto-data').then((cache) => cache.keys()).then((keys) => keys.map(({ url }) => new URL(url).pathname))",
        );
      await eventually(async () => expect(await kept()).toContain('/api/v1/sites/via-rossini/now'));
      await page.getByRole('link', { name: 'Energy' }).click();
      await page.waitForSelector('[aria-busy="true"]', { state: 'detached' });
      await page.getByRole('link', { name: 'Now' }).click();
      const other = await open({ street, browser }, { path: '/p/via-rossini', language: 'en' });

      await street.stop();
      await page.waitForSelector('[data-connection="lost"]');
      expect(await page.textContent('.ap-age')).toMatch(/^figures of \d\d:\d\d \(\d+ s ago\)$/);
      await page.reload();
      await page.waitForSelector('[data-connection="lost"]');
      await page.waitForSelector('[data-seat="S01"]:not([data-state="unknown"])', { state: 'attached' });
      expect(await page.textContent('.ap-age')).toMatch(/^figures of \d\d:\d\d \(\d+ s ago\)$/);

      // A page of figures that was looked at before is there as well, and says so.
      await page.getByRole('link', { name: 'Energy' }).click();
      const notice = page.getByText(/^The server does not answer: these figures were kept at \d\d:\d\d/);
      await notice.first().waitFor();
      await page.getByRole('link', { name: 'Now' }).click();

      await street.start();
      await page.waitForSelector(live, { timeout: 30_000 });
      const before = await page.getAttribute('[data-seat="S07"]', 'data-state');
      const occupied = before !== 'taken';
      await eventually(() => expect(street.mqtt.connected).toBe(true));
      await street.mqtt.publishAsync('aperto/1/via-rossini/seat/S07', JSON.stringify({ occupied }), {
        qos: 1,
      });
      await page.waitForSelector(`[data-seat="S07"][data-state="${occupied ? 'taken' : 'free'}"]`, {
        state: 'attached',
      });
      expect(await other.page.textContent('h1')).toBe('Via Rossini, Pesaro');
      await other.context.close();
      await context.close();
    });
  });

  describe('with tokens', () => {
    it('shows nothing but the public page before sign-in, refuses a wrong token, and forgets a right one', async () => {
      const { street, browser } = give();
      const token = 'a-token-of-this-test-of-the-board';
      await street.stop();
      await street.start({ APERTO_HTTP_TOKEN: token });
      const { page, context } = await browser.visit(street.http, { path: '/quality', language: 'en' });
      await page.getByText('Sign in to see these figures.').waitFor();
      await page.getByRole('button', { name: 'Sign in' }).first().click();
      const field = page.getByLabel('Access token');
      await field.fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('This token is not valid.').waitFor();
      expect(await violationsInBothThemes(page)).toEqual([]);
      await field.fill(token);
      await page.keyboard.press('Enter');
      await page.waitForSelector(live);
      await page.getByRole('heading', { name: 'Quarantine' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('Sign in to see these figures.').waitFor();
      await page.goto(`${street.http}/p/via-rossini`);
      await page.waitForSelector('.ap-free');
      expect(await page.textContent('h1')).toBe('Via Rossini, Pesaro');
      await context.close();
    });
  });
};
