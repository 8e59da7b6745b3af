import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProgram, findServer, type Machine } from './tool.ts';

const tool = { program: 'aperto-no-such-server', package: 'no-such-package' };
const debian = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';

let directory: string;
let installed: string[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aperto-tool-'));
  installed = [];
});
afterEach(() => rm(directory, { recursive: true }));

const machine = (changes: Partial<Machine>): Machine => ({
  path: directory,
  isRoot: false,
  osRelease: async () => debian,
  install: async (name) => {
    installed.push(name);
    await makeProgram();
  },
  hasContainerEngine: async () => false,
  ...changes,
});

const makeProgram = async (): Promise<void> => {
  await writeFile(join(directory, tool.program), '#!/bin/sh\n');
  await chmod(join(directory, tool.program), 0o755);
};

test('a program on PATH is taken and nothing is installed', async () => {
  await makeProgram();
  expect(await findServer(tool, machine({ isRoot: true }))).toBe(join(directory, tool.program));
  expect(installed).toEqual([]);
});

test.each([debian, 'ID=ubuntu\n', 'ID=raspbian\nID_LIKE="debian"\n'])(
  'root on %j has it installed',
  async (osRelease) => {
    const here = machine({ isRoot: true, osRelease: async () => osRelease });
    expect(await findProgram(tool, here)).toBe(join(directory, tool.program));
    expect(installed).toEqual(['no-such-package']);
  },
);

test.each([
  { isRoot: false },
  { isRoot: true, osRelease: async () => 'ID=fedora\n' },
  { isRoot: true, osRelease: async () => '' },
])('else a container engine brings the server: %o', async (changes) => {
  expect(
    await findServer(tool, machine({ ...changes, hasContainerEngine: async () => true })),
  ).toBeUndefined();
  expect(installed).toEqual([]);
});

test('else one line names the three ways', async () => {
  await expect(findServer(tool, machine({}))).rejects.toMatchObject({
    code: 'config',
    message:
      'aperto-no-such-server is missing: put it on PATH, or run as root on Debian or Ubuntu ' +
      '(apt-get install no-such-package), or start a container engine',
  });
  await expect(findProgram(tool, machine({}))).rejects.toThrow(
    /^[^\n]*run the tests in a Debian container as root$/,
  );
});
