import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { type File, pages, root } from './files.ts';

const withoutCode = (text: string): string =>
  text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

const linksOf = ({ text }: File): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);

/** The anchors that a heading gets where the page is hosted. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );

const violations = (page: File, all: readonly File[], exists: (path: string) => boolean): string[] =>
  linksOf(page)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page.path : join(dirname(page.path), path);
      if (!exists(target)) return true;
      const text = all.find((other) => other.path === target)?.text;
      return anchor !== undefined && text !== undefined && !anchorsOf(text).includes(anchor);
    })
    .map((link) => `${page.path}: ${link}`);

const inTree = (path: string): boolean => existsSync(join(root, path));

test('every relative link of a page leads somewhere', () => {
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(0);
  expect(pages.flatMap((page) => violations(page, pages, inTree))).toEqual([]);
});

test('the rule finds a missing file and a missing heading', () => {
  const page = {
    path: 'docs/a.md',
    text: '# A page\n[1](b.md) [2](#a-page) [3](#no) [4](https://a.example)',
  };
  expect(violations(page, [page], (path) => path === 'docs/a.md')).toEqual([
    'docs/a.md: b.md',
    'docs/a.md: #no',
  ]);
});
