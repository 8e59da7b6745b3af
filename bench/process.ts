import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A process that was started for a measurement. */
export interface Running<Ready = Readonly<Record<string, string>>> {
  /** The first line that it printed, parsed. */
  readonly ready: Ready;
  /** Seconds of processor time that it has used, all threads; Linux only. */
  cpuSeconds(): number;
  /** Resident memory, Linux only. */
  memoryBytes(): number;
  stop(): Promise<void>;
}

const ticksPerSecond = 100;
/**
 * What package.json starts Node with: a larger nursery, so that messages on their way are not copied, emptied by one
 * thread; and a bound of the heap. V8 lets a heap without one grow to four times what lives in it before it looks.
 */
export const asShipped = ['--max-semi-space-size=64', '--no-parallel-scavenge', '--max-old-space-size=768'];

/** Starts a built module and waits for its first line of JSON on stdout. */
export const start = async <Ready = Readonly<Record<string, string>>>(
  file: URL,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Running<Ready>> => {
  const child = spawn(process.execPath, [...asShipped, file.pathname, ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready: Ready = JSON.parse(await firstLine(child));
  return {
    ready,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    memoryBytes: () => {
      const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(kilobytes) * 1_024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
};

/** Fields 14 and 15 of proc(5) stat, counted after the name in brackets. */
export const cpuSecondsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the process has no stdout');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the process ended before it was ready');
};
