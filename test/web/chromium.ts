import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../services/chromium.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Visit {
  readonly path: string;
  readonly language?: 'it' | 'en';
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** The cache for when nobody answers; off where it would stand between a test and the server. */
  readonly worker?: boolean;
}

export interface Visited {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console, the network and the policy complained of. */
  readonly complaints: readonly string[];
  /** Every address that was asked for. */
  readonly requests: readonly string[];
}

export interface TestBrowser {
  /** Opens a page in a profile of its own, closed with the browser. */
  visit(base: string, visit: Visit): Promise<Visited>;
  close(): Promise<void>;
}

/** Debian's Chromium without a window. */
export const openChromium = async (): Promise<TestBrowser> => {
  const home = await mkdtemp(join(tmpdir(), 'aperto-chromium-'));
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: flags,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  });
  return {
    visit: async (base, { path, language = 'it', scheme = 'light', width = 1366, height = 768, worker }) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        locale: language === 'it' ? 'it-IT' : 'en-GB',
        serviceWorkers: worker === true ? 'allow' : 'block',
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(base + path);
      return { page, context, complaints, requests };
    },
    close: async () => {
      await browser.close();
      await rm(home, { recursive: true, force: true });
    },
  };
};
