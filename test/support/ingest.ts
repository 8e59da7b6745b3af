import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { LedgerView } from '../../ingest/ledger.ts';

const root = new URL('../../', import.meta.url).pathname;
const command = join(root, 'dist/cli/aperto.js');

export interface RunningWorker {
  readonly worker: string;
  readonly pid: number;
  readonly clientId: string;
  readonly http: string;
}

/** The built `aperto ingest` as processes of its own. */
export interface RunningIngest {
  /** By their present process ids; a worker that was started again has a new one. */
  readonly workers: Map<string, RunningWorker>;
  readonly log: readonly string[];
  ledgers(): Promise<LedgerView[]>;
  metric(worker: string, name: string): Promise<number>;
  /** Resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL of the process that was started: no handler runs. */
  kill(): Promise<void>;
}

export interface IngestOptions {
  readonly broker: string;
  readonly data: string;
  readonly parameters?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts `aperto ingest` with HTTP on free ports and waits until it has subscribed. */
export const startIngest = async ({
  broker,
  data,
  parameters = [],
  environment = {},
}: IngestOptions): Promise<RunningIngest> => {
  const words = ['ingest', '--broker', broker, '--data', data, '--http-port', '0', ...parameters];
  const child = spawn(process.execPath, [command, ...words], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  child.stderr.on('data', (text) => log.push(String(text)));
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  });
  const workers = new Map<string, RunningWorker>();
  await listen(child, workers, log);
  const httpOf = (worker: string): string => workers.get(worker)?.http ?? '';
  return {
    workers,
    log,
    ledgers: () =>
      Promise.all([...workers.keys()].map((worker) => ask<LedgerView>(`${httpOf(worker)}/api/v1/ledger`))),
    metric: async (worker, name) => {
      const text = await (await fetch(`${httpOf(worker)}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode ?? -1;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

const ask = async <Answer>(url: string): Promise<Answer> => {
  const answer: Answer = JSON.parse(await (await fetch(url)).text());
  return answer;
};

/** Resolves with the ready line; follows the lines about workers that were started again. */
const listen = (
  child: ChildProcess,
  workers: Map<string, RunningWorker>,
  log: readonly string[],
): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`aperto ingest ended before it was ready: ${log.join('')}`)));
    if (child.stdout === null) throw new Error('aperto ingest has no stdout');
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line: { event: string; workers?: RunningWorker[] } & RunningWorker = JSON.parse(text);
      for (const worker of line.workers ?? [line]) workers.set(worker.worker, worker);
      if (line.event === 'ready') resolve();
    });
  });
