import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The spool's worker thread and the CLI run as built code, so the build comes first.
    globalSetup: ['test/build.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{model,gateway,ingest,store,dashboards,simulators,cli,bench}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts'],
          exclude: ['test/rules/**'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      { extends: true, test: { name: 'rules', include: ['test/rules/**/*.test.ts'] } },
    ],
  },
});
