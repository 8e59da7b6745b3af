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

/** Opens a page and waits until it shows figures. */
export const open = async ({ street, browser }: Given, visit: Visit): Promise<Visited> => {
  const visited = await browser.visit(street.http, visit);
  const { page } = visited;
  if (!visit.path.startsWith('/p/')) await page.waitForSelector(live);
  await page.waitForSelector('h1');
  await page.waitForSelector('[aria-busy="true"]', { state: 'detached' });
  return visited;
};
