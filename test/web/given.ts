import type { Page } from 'playwright-core';
import type { TestBrowser, Visit, Visited } from './chromium.ts';
import type { Street } from './street.ts';

/** What all tests of the board share: one browser and one Aperto. */
export interface Given {
  readonly street: Street;
  readonly browser: TestBrowser;
}
/** They are there once tests run, not when tests are declared. */
export type Give = () => Given;

export const live = '[data-connection="live"]';

/** Waits until a page shows figures. */
export const settle = async (page: Page, path: string): Promise<void> => {
  if (!path.startsWith('/p/')) await page.waitForSelector(live);
  await page.waitForSelector('h1');
  await page.waitForSelector('[aria-busy="true"]', { state: 'detached' });
};

/** Opens a page and waits until it shows figures. */
export const open = async ({ street, browser }: Given, visit: Visit): Promise<Visited> => {
  const visited = await browser.visit(street.http, visit);
  await settle(visited.page, visit.path);
  return visited;
};
