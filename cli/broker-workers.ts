import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '../model/backoff.ts';
import type { Log } from './log.ts';

/** What a worker tells once it is subscribed, and what the ready line shows. */
export interface WorkerReady {
  readonly worker: string;
  readonly pid: number;
  readonly clientId: string;
  readonly http?: string;
}

export interface WorkersOptions {
  readonly count: number;
  /** Words of the command line of one worker; `httpPort` is the one that it had before. */
  readonly words: (worker: number, httpPort: number | undefined) => readonly string[];
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onReady: (ready: WorkerReady) => void;
}

const backoff = { firstMs: 250, maxMs: 30_000 } as const;
/** A worker that lived this long starts its back-off anew. */
const steadyMs = 10_000;

/** A worker that somebody has to change something for ends with this, and is not started again. */
const exitForPerson = 2;

/**
 * Runs each worker in a process of its own, one started after the other, and starts again what ends. Resolves with the
 * exit code once all have ended.
 */
export const runWorkers = async (options: WorkersOptions): Promise<number> => {
  const stopping = new AbortController();
  options.signal.addEventListener('abort', () => stopping.abort());
  const running: Promise<number>[] = [];
  for (let worker = 1; worker <= options.count && !stopping.signal.aborted; worker++) {
    let onReady = (): void => undefined;
    const ready = new Promise<void>((resolve) => {
      onReady = resolve;
    });
    const ended = supervise(worker, options, stopping, onReady);
    running.push(ended);
    await Promise.race([ready, ended]);
  }
  return Math.max(0, ...(await Promise.all(running)));
};

const supervise = async (
  worker: number,
  { words, log, onReady }: WorkersOptions,
  stopping: AbortController,
  onFirstReady: () => void,
): Promise<number> => {
  const { signal } = stopping;
  let httpPort: number | undefined;
  for (let attempt = 1; ; attempt++) {
    const startedAt = performance.now();
    const code = await runOnce(words(worker, httpPort), signal, (ready) => {
      if (ready.http !== undefined) httpPort = Number(new URL(ready.http).port);
      onReady(ready);
      onFirstReady();
    });
    if (signal.aborted) return code;
    if (code === exitForPerson) {
      // It has said why in one line; without it the others do not go on.
      stopping.abort();
      return code;
    }
    if (performance.now() - startedAt >= steadyMs) attempt = 1;
    const delayMs = Math.round(backoffMs(attempt, backoff));
    log.error(
      { worker, code, delayMs },
      'a worker ended by itself; starting it again, nothing of it is lost',
    );
    await wait(delayMs, undefined, { signal }).catch(() => signal.aborted);
    if (signal.aborted) return 0;
  }
};

/** Resolves with its exit code; 1 where a signal ended it. */
const runOnce = async (
  words: readonly string[],
  signal: AbortSignal,
  onReady: (ready: WorkerReady) => void,
): Promise<number> => {
  const child: ChildProcess = fork(process.argv[1] ?? '', words, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  child.on('message', (ready: WorkerReady) => onReady(ready));
  await once(child, 'exit');
  signal.removeEventListener('abort', stop);
  return child.exitCode ?? 1;
};
