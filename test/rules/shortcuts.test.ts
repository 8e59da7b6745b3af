import { expect, test } from 'vitest';
import { codeOf, type File, files, find, isTest, typescript } from './files.ts';

/** This file names what it forbids. */
const self = 'test/rules/shortcuts.test.ts';

/** Looked for where comments and quoted text do not count. */
const inCode: readonly RegExp[] = [/(?:\bas|[:<,|])\s*any\b(?!\s*[:(])/g, /\bas\s+unknown\s+as\b/g];
const inModule: readonly RegExp[] = [
  /@ts-(?:ignore|nocheck)\b/g,
  /\b(?:biome|eslint)-(?:ignore|disable)/g,
  /\bcatch\s*(?:\([^)]*\))?\s*\{(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*\}/g,
  /\.catch\(\s*(?:\(\s*\w*\s*\)|\w+)\s*=>\s*(?:\{\s*\}|undefined)\s*\)/g,
];
/** In a test it asserts that the compiler refuses the line. */
const inSources: readonly RegExp[] = [/@ts-expect-error\b/g];
const anywhere: readonly RegExp[] = [/\b(?:TODO|FIXME|XXX)\b/g];

const violations = (file: File): string[] => {
  const found = anywhere.flatMap((pattern) => find(file, pattern));
  if (!file.path.endsWith('.ts')) return found;
  const code = codeOf(file);
  return [
    ...inCode.flatMap((pattern) => find(code, pattern)),
    ...inModule.flatMap((pattern) => find(file, pattern)),
    ...(isTest(file) ? [] : inSources.flatMap((pattern) => find(file, pattern))),
    ...found,
  ];
};

const isWritten = ({ path }: File): boolean =>
  !path.endsWith('.png') &&
  path !== self &&
  path !== 'package-lock.json' &&
  !path.startsWith('dashboards/generated/');

test('no shortcut around the types, the linter or an error, and nothing left to be done', () => {
  expect(typescript.length).toBeGreaterThan(10);
  expect(files.filter(isWritten).flatMap(violations)).toEqual([]);
});

test.each([
  'const a = b as any;',
  'const a: any = 1;',
  'const a: Record<string, any> = {};',
  'const a = new Map<any>();',
  'const a = b as unknown as string;',
  '// @ts-ignore',
  '// @ts-expect-error',
  '// biome-ignore lint: because',
  '// TODO: later',
  'try { a(); } catch {}',
  'try { a(); } catch (error) { /* never mind */ }',
  'try { a(); } catch {\n  // never mind\n}',
  'a().catch(() => {});',
  'a().catch((error) => undefined);',
])('the rule finds %s', (text) => {
  expect(violations({ path: 'model/a.ts', text })).toHaveLength(1);
});

test.each([
  'try { a(); } catch (error) { log.warn({ error }, "a"); }',
  'const a = (value: unknown): string => String(value);',
  '/** Speaks about any of them: any order, as any other. */',
  "const text = 'as any other';",
  'z.any().optional();',
])('the rule lets %s pass', (text) => {
  expect(violations({ path: 'model/a.ts', text })).toEqual([]);
});

test('the rule lets a test assert a type error', () => {
  expect(violations({ path: 'model/a.test.ts', text: '// @ts-expect-error: a number is no text' })).toEqual(
    [],
  );
});

test('the rule finds what is left to be done in a page too', () => {
  expect(violations({ path: 'docs/a.md', text: 'a\nFIXME\n' })).toEqual(['docs/a.md:2: FIXME']);
});
