import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ApertoError, messageOf } from '../../model/errors.ts';

/**
 * The topic filters that the broker holds for a session. A broker keeps them while we are away and tells nobody what
 * they are, so that a filter that is no longer wanted can be removed by its name alone.
 */
export class KeptFilters {
  readonly #path: string;
  #filters: readonly string[];

  /** @throws ApertoError `config` where the file is there and cannot be read */
  constructor(directory: string) {
    this.#path = join(directory, 'subscriptions.json');
    this.#filters = read(this.#path);
  }

  get filters(): readonly string[] {
    return this.#filters;
  }

  /** On disk before it returns. */
  keep(filters: Iterable<string>): void {
    const kept = [...new Set(filters)].toSorted();
    if (kept.join('\n') === this.#filters.join('\n')) return;
    const draft = `${this.#path}.new`;
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify(kept)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.#path);
    this.#filters = kept;
  }
}

const read = (path: string): readonly string[] => {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Array.isArray(content)) throw new Error('no list of topic filters');
    return content.filter((filter) => typeof filter === 'string');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new ApertoError(
      'config',
      `${path}: ${messageOf(error)}; remove it, and the broker keeps subscriptions that are no longer wanted`,
      { cause: error },
    );
  }
};
