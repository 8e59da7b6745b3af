import { afterAll, beforeAll } from 'vitest';
import { openChromium } from './chromium.ts';
import type { Given } from './given.ts';
import { testPages } from './pages.ts';
import { testPlan } from './plan.ts';
import { testService } from './service.ts';
import { openStreet } from './street.ts';

let given: Given | undefined;

beforeAll(async () => {
  const [street, browser] = await Promise.all([openStreet(), openChromium()]);
  given = { street, browser };
}, 240_000);
afterAll(async () => {
  await given?.browser.close();
  await given?.street.close();
});

const give = (): Given => {
  if (given === undefined) throw new Error('the street is not open');
  return given;
};

testPages(give);
testPlan(give);
testService(give);
