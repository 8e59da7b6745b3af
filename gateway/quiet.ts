const quietMs = 60_000;
const keysMax = 1_000;
const keyLengthMax = 512;
/** Shared by all that find no place; a key of a caller is never empty. */
const others = '';

interface Written {
  readonly at: number;
  leftOut: number;
}

/**
 * Keeps a trouble that repeats from flooding the log: one line of a kind a minute, and of at most a thousand kinds;
 * all further kinds share one line a minute.
 */
export class Quiet {
  /** By kind, the one that was written longest ago first. */
  readonly #written = new Map<string, Written>();

  /**
   * How many alike were left out since the last line; `undefined` where this one is to be left out too.
   * @param now in ms; a clock that is set back does not silence for longer than a minute
   */
  admit(key: string, now: number): number | undefined {
    const kind = key.slice(0, keyLengthMax);
    const slot = this.#written.has(kind) || this.#makeRoom(now) ? kind : others;
    const last = this.#written.get(slot);
    if (last !== undefined && !isOver(last, now)) {
      last.leftOut += 1;
      return undefined;
    }
    this.#written.delete(slot);
    this.#written.set(slot, { at: now, leftOut: 0 });
    return last?.leftOut ?? 0;
  }

  #makeRoom(now: number): boolean {
    if (this.#written.size < keysMax) return true;
    for (const [kind, written] of this.#written) {
      if (kind === others) continue;
      return isOver(written, now) && this.#written.delete(kind);
    }
    return false;
  }
}

const isOver = (written: Written, now: number): boolean => Math.abs(now - written.at) >= quietMs;
