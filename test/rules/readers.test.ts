import { expect, test } from 'vitest';
import { type File, importsOf, typescript } from './files.ts';

/** Modules that nothing imports because something starts them. */
const entries: readonly string[] = [
  'cli/aperto.ts', // bin of package.json
  'cli/start.ts', // npm start
  'cli/ingest/worker.ts', // a thread, by #ingest-worker of package.json
  'cli/storage/worker.ts', // a thread, by #storage-worker of package.json
  'ingest/spool/worker.ts', // a thread, by #spool-worker of package.json
  'bench/run.ts', // npm run bench
  'bench/soak.ts', // npm run soak
  'bench/torture.ts', // npm run torture
  'test/build.ts', // globalSetup of vitest.config.ts
  'vitest.config.ts',
  'web/main.ts', // index.html
  'web/public.ts', // public.html
  'web/worker.ts', // the service worker, by web/vite.config.ts
  'web/vite.config.ts', // npm run build
];

const isTestFile = (path: string): boolean => path.endsWith('.test.ts');

/** What a module leads to. The test of a module is no reader of it: dead code with a test is dead. */
const readBy = (file: File): string[] =>
  importsOf(file).filter((path) => path.replace(/\.ts$/, '.test.ts') !== file.path);

/** Modules that no entry and no test of something else leads to. */
const unread = (modules: readonly File[], starts: readonly string[]): string[] => {
  const byPath = new Map(modules.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const waiting = modules.map(({ path }) => path).filter((path) => starts.includes(path) || isTestFile(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = byPath.get(path);
    if (file === undefined || reached.has(path)) continue;
    reached.add(path);
    waiting.push(...readBy(file));
  }
  return [...byPath.keys()].filter((path) => !reached.has(path));
};

test('every module has a reader', () => {
  expect(unread(typescript, entries)).toEqual([]);
});

test('every entry exists', () => {
  const paths = typescript.map(({ path }) => path);
  expect(entries.filter((path) => !paths.includes(path))).toEqual([]);
});

test('the rule finds dead modules: alone, in a ring, and with a test of its own', () => {
  const modules: File[] = [
    { path: 'cli/aperto.ts', text: "import { a } from '../model/a.ts';" },
    { path: 'model/a.ts', text: "import { b } from './b.ts';" },
    { path: 'model/b.ts', text: "fork(new URL('./forked.js', import.meta.url));" },
    { path: 'model/forked.ts', text: '' },
    { path: 'model/alone.ts', text: '' },
    { path: 'model/ring.ts', text: "import { back } from './back.ts';" },
    { path: 'model/back.ts', text: "import { ring } from './ring.ts';" },
    { path: 'model/tested.ts', text: '' },
    { path: 'model/tested.test.ts', text: "import { tested } from './tested.ts';" },
  ];
  expect(unread(modules, ['cli/aperto.ts'])).toEqual([
    'model/alone.ts',
    'model/ring.ts',
    'model/back.ts',
    'model/tested.ts',
  ]);
});
