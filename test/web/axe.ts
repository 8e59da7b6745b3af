import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standard = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
const contrast = { type: 'rule', values: ['color-contrast'] };

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

const run = async (page: Page, runOnly: object): Promise<readonly string[]> => {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const violations: readonly Finding[] = await page.evaluate(
    `axe.run(document, ${options}).then(({ violations }) => violations)`,
  );
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} (${nodes.length}): ${first?.target.join(' ')}: ${first?.failureSummary.replaceAll(/\s+/g, ' ')}`;
  });
};

/** Violations of WCAG 2.1 A and AA on a page as it is. */
export const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(source);
  return await run(page, standard);
};

/** The same in both themes; what differs between them is contrast alone. */
export const violationsInBothThemes = async (page: Page): Promise<readonly string[]> => {
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = (await run(page, contrast)).map((text) => `dark: ${text}`);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
};
