import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { viaRossini as site } from '../test/support/via-rossini.ts';
import { checkDashboards, findingText } from './check.ts';
import { writeDashboards } from './write.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dashboards-'));
});
afterEach(() => rm(directory, { recursive: true }));

const check = async () => (await checkDashboards({ site, directory })).map(findingText);

test('what was written is found to be all right', async () => {
  expect(await writeDashboards({ site, directory })).toHaveLength(16);
  expect(await check()).toEqual([]);
});

test('before the first build every board is missing', async () => {
  const missing = await checkDashboards({ site, directory: join(directory, 'none') });
  expect(missing.map(({ rule }) => rule)).toEqual(Array.from({ length: 16 }, () => 'up-to-date'));
});

test('an edited, a broken and a foreign file are found', async () => {
  await writeDashboards({ site, directory });
  await writeFile(join(directory, 'it/energy.json'), '{}\n');
  await writeFile(join(directory, 'en/energy.json'), 'no JSON');
  await writeFile(join(directory, 'en/old.json'), '{}');
  expect(await check()).toEqual([
    'it/energy.json::up-to-date differs from a fresh build; run "aperto dashboards build"',
    'en/energy.json::up-to-date differs from a fresh build; run "aperto dashboards build"',
    'en/old.json::up-to-date is built by no board; delete it',
  ]);
});

test('a folder that is a file is one clear line', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  await expect(writeDashboards({ site, directory: file })).rejects.toMatchObject({
    code: 'config',
    message: expect.stringMatching(/^cannot write .*now\.json: ENOTDIR.*; choose another folder$/),
  });
});
