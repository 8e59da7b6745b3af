import type { Clock } from '../model/clock.ts';
import { Quiet } from './quiet.ts';

export interface Warn {
  warn(fields: object, message: string): void;
}

/** A log in which each kind of line stands once a minute, with how many alike were left out since. */
export class QuietLog {
  readonly #log: Warn;
  readonly #clock: Clock;
  readonly #quiet = new Quiet();

  constructor(log: Warn, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @param message what is alike is told by it and by the client */
  warn(fields: { readonly client?: string }, message: string): void {
    const leftOut = this.#quiet.admit(`${fields.client ?? ''}\n${message}`, this.#clock.now());
    if (leftOut === undefined) return;
    if (leftOut === 0) this.#log.warn(fields, message);
    else this.#log.warn({ ...fields, leftOut }, `${message} (${leftOut} more since the last such line)`);
  }
}
