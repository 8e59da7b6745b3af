import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardPages } from '../../gateway/http/routes/board.ts';
import { violationsInBothThemes } from './axe.ts';
import type { Visited } from './chromium.ts';
import { type Give, open, settle } from './given.ts';

export const testPages = (give: Give): void => {
  describe.each(['it', 'en'] as const)('in %s', (language) => {
    let visited: Visited | undefined;
    beforeAll(async () => {
      visited = await open(give(), { path: '/about', language });
    });
    afterAll(() => visited?.context.close());

    it.each([...boardPages, '/p/via-rossini'])(
      '%s is accessible in both themes, asks nobody else and complains of nothing',
      async (path) => {
        if (visited === undefined) throw new Error('no page is open');
        const { page, context, complaints, requests } = visited;
        await page.goto(give().street.http + path);
        await settle(page, path);
        expect(await page.getAttribute('html', 'lang')).toBe(language);
        expect(await violationsInBothThemes(page)).toEqual([]);
        expect(complaints).toEqual([]);
        expect(requests.filter((url) => !url.startsWith(give().street.http))).toEqual([]);
        expect(await context.cookies()).toEqual([]);
      },
    );
  });

  it.each([
    ['/', 360],
    ['/use', 360],
    ['/devices', 360],
    ['/p/via-rossini', 320],
    ['/', 2560],
  ])('%s fits a screen of %i pixels without scrolling sideways', async (path, width) => {
    const { page, context } = await open(give(), { path, width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await context.close();
  });

  it('shows a chart as a table, and gives the same as CSV', async () => {
    const { page, context } = await open(give(), { path: '/wifi', language: 'en' });
    const card = page.locator('.ap-card', {
      has: page.getByRole('heading', { name: 'Answer time of the internet' }),
    });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    const lines = Buffer.concat(chunks).toString().trimEnd().split('\r\n');
    expect(lines[0]).toBe('Time,95 in 100 under (ms),mean (ms)');
    await card.getByRole('radio', { name: 'Table' }).check({ force: true });
    expect(await card.locator('tbody tr').count()).toBe(lines.length - 1);
    const means = lines.slice(1).map((line) => line.split(',')[2] ?? '');
    const shown = await card.locator('tbody tr td:last-child').allTextContents();
    expect(shown.map((text) => (text === '–' ? '' : Number(text).toFixed(1)))).toEqual(
      means.map((text) => (text === '' ? '' : (Math.round(Number(text) * 10) / 10).toFixed(1))),
    );
    await context.close();
  });
};
