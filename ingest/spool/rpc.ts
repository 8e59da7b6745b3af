import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { ApertoError, type ApertoErrorOptions, type ErrorCode } from '../../model/errors.ts';
import type { SpoolCalls } from './protocol.ts';

type CallName = keyof SpoolCalls;

export interface Request {
  readonly id: number;
  readonly call: CallName;
  readonly parameters: readonly unknown[];
}

export interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: ErrorCode; readonly message: string } & ApertoErrorOptions;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls into the spool's thread; replies come in the order of the calls. */
export class SpoolThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #dead: ApertoError | undefined;

  constructor() {
    // The thread runs the built file also under a test runner that reads TypeScript, and takes none of the flags
    // of the process: some of them (--input-type) keep a worker from its start.
    const file = createRequire(import.meta.url).resolve('#spool-worker');
    this.#worker = new Worker(file, { execArgv: [] });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('messageerror', (error) =>
      this.#fail(`the spool's thread was misheard: ${error.message}`),
    );
    this.#worker.on('error', (error) => this.#fail(`the spool's thread failed: ${error.message}`));
    this.#worker.on('exit', () => this.#fail("the spool's thread ended"));
  }

  call<Name extends CallName>(
    call: Name,
    ...parameters: Parameters<SpoolCalls[Name]>
  ): Promise<ReturnType<SpoolCalls[Name]>> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#worker.postMessage({ id, call, parameters } satisfies Request);
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Calls from here on fail with `closed`. The file is given back when this resolves. */
  async end(): Promise<void> {
    this.#dead ??= new ApertoError('closed', 'the spool is closed');
    await this.#worker.terminate();
  }

  #settle({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new ApertoError(error.code, error.message, error));
  }

  #fail(message: string): void {
    this.#dead ??= new ApertoError('spool_failed', `${message}; restart the service`);
    for (const { reject } of this.#waiting.values()) reject(this.#dead);
    this.#waiting.clear();
  }
}
