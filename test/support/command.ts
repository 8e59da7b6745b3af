import { vi } from 'vitest';
import { main } from '../../cli/main.ts';
import type { Finished } from './aperto.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Runs one command of `aperto` to its end in this process, where it is not the process that is tested. */
export const runCommand = async (
  words: readonly string[],
  { environment = {} }: { environment?: NodeJS.ProcessEnv } = {},
): Promise<Finished> => {
  const output = { stdout: '', stderr: '' };
  const hear = (name: keyof typeof output) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += String(text);
      return true;
    });
  const spies = [hear('stdout'), hear('stderr')];
  const { exitCode } = process;
  const listeners = signals.map((signal) => new Set(process.listeners(signal)));
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    process.exitCode = 0;
    await main(words);
    return { code: Number(process.exitCode), ...output };
  } finally {
    process.exitCode = exitCode;
    vi.unstubAllEnvs();
    // A process would end with its command; this one goes on without what waits for a signal.
    for (const [index, signal] of signals.entries()) {
      for (const listener of process.listeners(signal))
        if (listeners[index]?.has(listener) === false) process.off(signal, listener);
    }
    for (const spy of spies) spy.mockRestore();
  }
};
