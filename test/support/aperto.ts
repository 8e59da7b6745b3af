import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { asShipped } from '../../bench/process.ts';
import type { LedgerView } from '../../ingest/ledger.ts';

const root = new URL('../../', import.meta.url).pathname;
const command = join(root, 'dist/cli/aperto.js');

interface Addresses {
  readonly mqtt: string;
  readonly http: string;
  readonly mqtts?: string;
  readonly https?: string;
}

/** The built `aperto up` as a process of its own. */
export interface RunningAperto extends Addresses {
  readonly pid: number;
  /** What it wrote to stderr until now. */
  said(): string;
  get<Answer>(path: string): Promise<Answer>;
  ledger(): Promise<LedgerView>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL: no handler runs. */
  kill(): Promise<void>;
}

export interface UpOptions {
  readonly data: string;
  readonly parameters?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Shown by `get`. */
  readonly token?: string;
  /** Words before the command, of a program that runs it. */
  readonly under?: readonly string[];
  /** With the flags of the engine that `npm start`, the command and the image have. */
  readonly isAsShipped?: true;
}

/** Starts `aperto up` on free ports and waits for its ready line. */
export const startAperto = async ({
  data,
  parameters = [],
  environment = {},
  under = [],
  token,
  isAsShipped,
}: UpOptions): Promise<RunningAperto> => {
  const words = [
    'up',
    '--data',
    data,
    '--mqtt-port',
    '0',
    '--http-port',
    '0',
    '--log-level',
    'warn',
    ...parameters,
  ];
  const flags = isAsShipped ? asShipped : [];
  const [program = '', ...parts] = [...under, process.execPath, ...flags, command, ...words];
  const child = spawn(program, parts, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.on('data', (text) => complaints.push(String(text)));
  const exited = once(child, 'exit');
  const ready = await readyLine(child, complaints);
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const get = async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(new URL(path, ready.http), { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const answer: Answer = JSON.parse(await response.text());
    return answer;
  };
  const end = async (signal: NodeJS.Signals): Promise<number> => {
    child.kill(signal);
    await exited;
    return child.exitCode ?? -1;
  };
  return {
    ...ready,
    pid: child.pid ?? 0,
    said: () => complaints.join(''),
    get,
    ledger: () => get<LedgerView>('/api/v1/ledger'),
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  };
};

const readyLine = async (child: ChildProcess, complaints: readonly string[]): Promise<Addresses> => {
  if (child.stdout === null) throw new Error('aperto has no stdout');
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error(`aperto ended before it was ready: ${complaints.join('')}`);
};

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of `aperto` to its end. */
export const runAperto = async (
  words: readonly string[],
  { input = '', environment = {} }: { input?: string | Uint8Array; environment?: NodeJS.ProcessEnv } = {},
): Promise<Finished> => {
  const child = spawn(process.execPath, [command, ...words], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (output.stdout += String(text)));
  child.stderr.on('data', (text) => (output.stderr += String(text)));
  child.stdin.end(input);
  await once(child, 'close');
  return { code: child.exitCode ?? -1, ...output };
};

/** An empty directory that is removed afterwards. */
export const temporaryDirectory = async (): Promise<{ readonly path: string; remove(): Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'aperto-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};
