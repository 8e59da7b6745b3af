import { CommanderError } from 'commander';
import { ApertoError, messageOf } from '../model/errors.ts';
import { createProgram } from './program.ts';

/** What the person who called has to change ends with 2, what went wrong inside with 1. */
const exitCodeOf = (error: unknown): number =>
  error instanceof ApertoError && error.code !== 'internal' ? 2 : 1;

/** Runs one command. Whatever fails becomes one line on stderr and an exit code; nothing prints a stack. */
export const main = async (words: readonly string[]): Promise<void> => {
  try {
    await createProgram().parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its line (or the help that was asked for) already.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`aperto: ${messageOf(error).replaceAll('\n', ' ')}\n`);
    process.exitCode = exitCodeOf(error);
  }
};
