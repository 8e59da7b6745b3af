import { defineConfig } from 'vitest/config';

// The spool's worker thread and the CLI run as built code, so the build comes first.
const globalSetup = ['test/build.ts'];

export default defineConfig({
  test: {
    // Many files wait for servers, so more of them than there are processors; vitest takes one less.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['{node_modules,dist,data,test}/**'],
          // Each process reads many files: loading the same modules 200 times took a third of the time.
          isolate: false,
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts'],
          exclude: ['test/rules/**'],
          isolate: false,
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      { test: { name: 'rules', include: ['test/rules/**/*.test.ts'] } },
    ],
  },
});
