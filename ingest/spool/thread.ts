import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { ApertoError } from '../../model/errors.ts';
import { limits } from '../../model/limits.ts';
import { Peer } from '../peer.ts';
import type { SpoolCalls } from './protocol.ts';

/** The spool's thread and the calls into it. */
export class SpoolThread extends Peer<SpoolCalls> {
  readonly #worker: Worker;

  constructor() {
    // The thread runs the built file also under a test runner that reads TypeScript, and takes none of the flags
    // of the process: some of them (--input-type) keep a worker from its start.
    const worker = new Worker(createRequire(import.meta.url).resolve('#spool-worker'), {
      execArgv: [],
      resourceLimits: {
        maxYoungGenerationSizeMb: limits.spoolYoungGenerationMb,
        maxOldGenerationSizeMb: limits.spoolOldGenerationMb,
      },
    });
    super(worker);
    this.#worker = worker;
    worker.on('messageerror', (error) => this.#fail(`the spool's thread was misheard: ${error.message}`));
    worker.on('error', (error) => this.#fail(`the spool's thread failed: ${error.message}`));
    worker.on('exit', () => this.#fail("the spool's thread ended"));
  }

  /** Calls from here on fail with `closed`. The file is given back when this resolves. */
  async close(): Promise<void> {
    this.end(new ApertoError('closed', 'the spool is closed'));
    await this.#worker.terminate();
  }

  #fail(message: string): void {
    this.end(new ApertoError('spool_failed', `${message}; restart the service`));
  }
}
