import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';

/** A file of the repository; the path is from the root, with slashes. */
export interface File {
  readonly path: string;
  readonly text: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What .gitignore keeps out: by name anywhere, and at the root. */
const ignoredNames = new Set(['.git', 'node_modules', 'dist']);
const ignoredPaths = new Set(['data', 'secrets', '.tmp']);

const read = (directory: string): File[] =>
  readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (ignoredNames.has(entry.name) || ignoredPaths.has(path) || entry.name.endsWith('.log')) return [];
    if (entry.isDirectory()) return read(path);
    return entry.isFile() ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });

/** Every file of the repository. */
export const files: readonly File[] = read('.');

const isTypeScript = ({ path }: File): boolean => path.endsWith('.ts');
/** Tests, suites that tests share, and all under test/: what a build leaves out. */
export const isTest = ({ path }: File): boolean =>
  /\.(test|contract)\.ts$/.test(path) || path.startsWith('test/');

export const typescript: readonly File[] = files.filter(isTypeScript);
/** What ships. */
export const sources: readonly File[] = typescript.filter((file) => !isTest(file) && file.path.includes('/'));
export const tests: readonly File[] = typescript.filter(isTest);
/** What people read. */
export const pages: readonly File[] = files.filter(({ path }) => path.endsWith('.md'));

/** `path:line: text` of each place that a pattern (with the flag g) finds. */
export const find = ({ path, text }: File, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(
    (match) => `${path}:${text.slice(0, match.index).split('\n').length}: ${match[0].trim()}`,
  );

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The file without comments and quoted text, line by line as it was. */
export const codeOf = ({ path, text }: File): File => ({
  path,
  text: text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g,
    blank,
  ),
});

const imported = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;
/** A module that is started as a process or a thread; it runs as built code. */
const started = /\bnew URL\('(\.[^']+)\.js'/g;

/** The project's own modules that a module imports or starts, by path. */
export const importsOf = ({ path, text }: File): string[] => [
  ...[...text.matchAll(imported)].flatMap(([, name = '']) => {
    if (name.startsWith('.')) return [join(dirname(path), name)];
    return name.startsWith('#root/') ? [name.slice('#root/'.length)] : [];
  }),
  ...[...text.matchAll(started)].map(([, name = '']) => join(dirname(path), `${name}.ts`)),
];
