import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApertoError, messageOf } from '../../model/errors.ts';

/** A server that runs as a child, and how to end it. */
export interface ServerProcess {
  readonly pid: number;
  /** Ends it in good order, by force after five seconds. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

const startTimeoutMs = 30_000;
const askEveryMs = 50;
const stopTimeoutMs = 5_000;
const outputLengthMax = 4_000;

/**
 * Starts a server and waits until it is ready. The child never outlives this process.
 * @throws ApertoError with the last that it said, when it ends or is not ready in time
 */
export const startProcess = async (
  command: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): Promise<ServerProcess> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-outputLengthMax);
    });
  }
  const killWithUs = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killWithUs);
  child.once('exit', () => process.removeListener('exit', killWithUs));

  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', () => {
    failure ??= output.trim();
  });
  try {
    await until(async () => failure !== undefined || (await isReady()));
  } catch (error) {
    failure = `${messageOf(error)}; it said: ${output.trim()}`;
  }
  if (failure !== undefined) {
    child.kill('SIGKILL');
    throw new ApertoError('internal', `${command} did not start: ${failure}`);
  }
  const { pid } = child;
  if (pid === undefined) throw new ApertoError('internal', `${command} has no process id`);
  return { pid, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
};

/** Asks again and again; benches start servers too, so this waits without the test runner. */
const until = async (isDone: () => Promise<boolean>): Promise<void> => {
  const deadline = AbortSignal.timeout(startTimeoutMs);
  while (!(await isDone())) {
    if (deadline.aborted) throw new Error(`not ready within ${startTimeoutMs} ms`);
    await once(AbortSignal.timeout(askEveryMs), 'abort');
  }
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await Promise.race([ended, once(AbortSignal.timeout(stopTimeoutMs), 'abort')]);
  child.kill('SIGKILL');
  await ended;
};

/** Runs a start with a temporary directory, which is removed again where the start fails. */
export const inDirectory = async <Value>(
  name: string,
  start: (directory: string) => Promise<Value>,
): Promise<Value> => {
  const directory = await mkdtemp(join(tmpdir(), `aperto-${name}-`));
  try {
    return await start(directory);
  } catch (error) {
    await rm(directory, { recursive: true });
    throw error;
  }
};

/** Whether something answers HTTP there. */
export const answersHttp = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError'))
      return false;
    throw error;
  }
};
