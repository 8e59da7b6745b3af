import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ApertoError } from '../../model/errors.ts';
import { aptInstall } from './apt.ts';
import { containerEngineAnswers } from './container.ts';

/** A program that tests need and where it comes from. */
export interface Tool {
  readonly program: string;
  /** Package of Debian and Ubuntu. */
  readonly package: string;
}

export const tools = {
  influxd: { program: 'influxd', package: 'influxdb' },
  mosquitto: { program: 'mosquitto', package: 'mosquitto' },
  mosquittoPub: { program: 'mosquitto_pub', package: 'mosquitto-clients' },
  mosquittoSub: { program: 'mosquitto_sub', package: 'mosquitto-clients' },
  chromium: { program: 'chromium', package: 'chromium' },
  strace: { program: 'strace', package: 'strace' },
} as const satisfies Record<string, Tool>;

/** What the ways to a tool depend on; a test brings its own. */
export interface Machine {
  /** Directories in the manner of PATH. */
  readonly path: string;
  readonly isRoot: boolean;
  /** Text of /etc/os-release. */
  osRelease(): Promise<string>;
  install(packageName: string): Promise<void>;
  hasContainerEngine(): Promise<boolean>;
}

const thisMachine: Machine = {
  path: process.env.PATH ?? '',
  isRoot: process.getuid?.() === 0,
  osRelease: async () => ((await exists('/etc/os-release')) ? await readFile('/etc/os-release', 'utf8') : ''),
  install: aptInstall,
  hasContainerEngine: containerEngineAnswers,
};

/**
 * Path of a server's program, found or installed now; `undefined` where a container engine must bring it.
 * @throws ApertoError one line that names the three ways
 */
export const findServer = async (tool: Tool, machine: Machine = thisMachine): Promise<string | undefined> => {
  const path = await findOrInstall(tool, machine);
  if (path === undefined && !(await machine.hasContainerEngine())) {
    throw missing(tool, 'start a container engine');
  }
  return path;
};

/**
 * Path of a program that runs here, where a container cannot stand in for it.
 * @throws ApertoError one line that names the three ways
 */
export const findProgram = async (tool: Tool, machine: Machine = thisMachine): Promise<string> => {
  const path = await findOrInstall(tool, machine);
  if (path === undefined) throw missing(tool, 'run the tests in a Debian container as root');
  return path;
};

const findOrInstall = async (tool: Tool, machine: Machine): Promise<string | undefined> =>
  (await onPath(tool, machine)) ?? (await installed(tool, machine));

const missing = (tool: Tool, thirdWay: string): ApertoError =>
  new ApertoError(
    'config',
    `${tool.program} is missing: put it on PATH, or run as root on Debian or Ubuntu (apt-get install ${tool.package}), or ${thirdWay}`,
  );

/** Servers stand in sbin, which is not on every user's PATH. */
const onPath = async ({ program }: Tool, { path }: Machine): Promise<string | undefined> => {
  for (const directory of [...path.split(delimiter), '/usr/sbin', '/usr/local/sbin']) {
    const file = join(directory, program);
    if (directory !== '' && (await exists(file, constants.X_OK))) return file;
  }
  return undefined;
};

const installed = async (tool: Tool, machine: Machine): Promise<string | undefined> => {
  if (!machine.isRoot || !isDebian(await machine.osRelease())) return undefined;
  await machine.install(tool.package);
  return await onPath(tool, machine);
};

const isDebian = (osRelease: string): boolean => /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(osRelease);

const exists = async (file: string, mode: number = constants.F_OK): Promise<boolean> => {
  try {
    await access(file, mode);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
};
