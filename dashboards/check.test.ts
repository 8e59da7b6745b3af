import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alerting } from '../test/support/alerts.ts';
import { viaRossini as site } from '../test/support/via-rossini.ts';
import { checkDashboards, findingText } from './check.ts';
import { writeDashboards } from './write.ts';

const made = { site, alerting };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dashboards-'));
});
afterEach(() => rm(directory, { recursive: true }));

const check = async () => (await checkDashboards({ ...made, directory })).map(findingText);

test('what was written is found to be all right', async () => {
  expect(await writeDashboards({ ...made, directory })).toHaveLength(22);
  expect(await check()).toEqual([]);
});

test('before the first build every file is missing', async () => {
  const missing = await checkDashboards({ ...made, directory: join(directory, 'none') });
  expect(missing.map(({ rule }) => rule)).toEqual(Array.from({ length: 22 }, () => 'up-to-date'));
});

test('an edited, a broken and a foreign file are found', async () => {
  await writeDashboards({ ...made, directory });
  await writeFile(join(directory, 'it/energy.json'), '{}\n');
  await writeFile(join(directory, 'en/energy.json'), 'no JSON');
  await writeFile(join(directory, 'en/old.json'), '{}');
  await writeFile(join(directory, 'alerting/it/rules.yaml'), 'groups: []\n');
  expect(await check()).toEqual([
    'it/energy.json::up-to-date differs from a fresh build; run "aperto dashboards build"',
    'en/energy.json::up-to-date differs from a fresh build; run "aperto dashboards build"',
    'alerting/it/rules.yaml::up-to-date differs from a fresh build; run "aperto dashboards build"',
    'en/old.json::up-to-date is built by nothing; delete it',
  ]);
});

test('a folder that is a file is one clear line', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  await expect(writeDashboards({ ...made, directory: file })).rejects.toMatchObject({
    code: 'config',
    message: expect.stringMatching(/^cannot write .*now\.json: ENOTDIR.*; choose another folder$/),
  });
});
