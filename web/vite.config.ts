import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { PurgeCSS } from 'purgecss';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/** Keeps of Bootstrap Italia what the board uses: a tenth. Its own style sheets stay as they are. */
const purge = (): Plugin => ({
  name: 'purge-bootstrap-italia',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('bootstrap-italia.min.css')) return undefined;
    const [purged] = await new PurgeCSS().purge({
      content: [`${root}/**/*.ts`, `${root}/*.html`],
      css: [{ raw: readFileSync(id, 'utf8').replace(/^\uFEFF/, '') }],
      fontFace: true,
      keyframes: true,
      variables: true,
    });
    return purged?.css ?? '';
  },
});

const compressible = /\.(?:js|css|html|svg|json|webmanifest)$/;

/** Writes what the server sends compressed, and the list that the service worker keeps. */
const pack = (): Plugin => ({
  name: 'pack',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle).filter((file) => file.startsWith('assets/hashed/'));
    this.emitFile({ type: 'asset', fileName: 'assets/files.json', source: JSON.stringify(files) });
  },
  async writeBundle({ dir = '' }, bundle) {
    for (const [name, file] of Object.entries(bundle)) {
      if (!compressible.test(name)) continue;
      const body = file.type === 'chunk' ? file.code : file.source;
      await writeFile(join(dir, `${name}.br`), brotliCompressSync(body));
      await writeFile(join(dir, `${name}.gz`), gzipSync(body));
    }
  },
});

const target = join(root, '../dist/web');
const own = `${target}-${process.pid}`;

/** Puts the finished board in its place in one step: tests and servers may read it, or build it, at the same time. */
const swap = (): Plugin => ({
  name: 'swap',
  async closeBundle() {
    const old = `${own}-old`;
    for (let attempt = 1; ; attempt++) {
      try {
        await rename(target, old).catch(ignoreMissing);
        await rename(own, target);
        break;
      } catch (error) {
        // Another build was quicker: it is in the way again.
        if (attempt === attemptsMax) throw error;
      } finally {
        await rm(old, { recursive: true, force: true });
      }
    }
  },
});
const attemptsMax = 10;

const ignoreMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error;
};

export default defineConfig({
  root,
  publicDir: join(root, 'static'),
  logLevel: 'warn',
  plugins: [purge(), pack(), swap()],
  build: {
    outDir: own,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: join(root, 'index.html'),
        public: join(root, 'public.html'),
        worker: join(root, 'worker.ts'),
      },
      output: {
        assetFileNames: 'assets/hashed/[name]-[hash][extname]',
        chunkFileNames: 'assets/hashed/[name]-[hash].js',
        entryFileNames: ({ name }) =>
          name === 'worker' ? 'assets/worker.js' : 'assets/hashed/[name]-[hash].js',
      },
    },
  },
});
