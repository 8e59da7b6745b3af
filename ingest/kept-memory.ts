import { limits } from '../model/limits.ts';
import type { Json, Memory } from './decode/memory.ts';

/** What became of a key: its value as JSON text, or `undefined` where it was forgotten. */
export type Remembered = readonly [key: string, value: string | undefined];

const unchanged: readonly Remembered[] = [];

/** What it holds, and what it may cost. */
interface Entry {
  readonly value: Json;
  readonly bytes: number;
}

interface MemoryLimits {
  readonly entriesMax: number;
  /** Characters of one value as JSON; a longer one is not kept over a restart. */
  readonly valueBytesMax: number;
  /** RAM of all entries together, as far as it can be told from their text. */
  readonly bytesMax?: number;
}

/** Beside its text: places in the maps, headers of the objects. */
const entryBytes = 256;
const bytesOf = (key: string, text: string): number => entryBytes + 2 * (key.length + text.length);

/**
 * The memory of the device definitions, kept in the spool: what a message changed becomes durable in the commit of
 * that message. Bounded in entries, in bytes, and in the size of each that is kept: the least recently set goes first.
 */
export class KeptMemory implements Memory {
  readonly #entries = new Map<string, Entry>();
  /** Keys with the text of their value; `undefined` of what is forgotten, or is too long to be kept. */
  readonly #changed = new Map<string, string | undefined>();
  readonly #limits: Required<MemoryLimits>;
  #bytes = 0;

  /** @param kept what the spool has, oldest first */
  constructor(given: MemoryLimits, kept: readonly (readonly [string, string])[]) {
    this.#limits = { bytesMax: limits.memoryBytesMax, ...given };
    for (const [key, text] of kept) this.#restore(key, text);
    this.#forgetOldest();
  }

  /** RAM of all entries together, as counted against the limit. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Json | undefined {
    return this.#entries.get(key)?.value;
  }

  set(key: string, value: Json): void {
    const text = JSON.stringify(value);
    this.#changed.set(key, text.length <= this.#limits.valueBytesMax ? text : undefined);
    this.#put(key, value, text);
    this.#forgetOldest();
  }

  delete(key: string): void {
    if (this.#remove(key)) this.#changed.set(key, undefined);
  }

  /** What changed since the last call; a value that is too large is not kept over a restart. */
  takeChanges(): readonly Remembered[] {
    if (this.#changed.size === 0) return unchanged;
    const changes = [...this.#changed];
    this.#changed.clear();
    return changes;
  }

  /** The changes did not become durable after all: they go with the next message, as they are then. */
  putBack(changes: readonly Remembered[]): void {
    for (const [key] of changes) if (!this.#changed.has(key)) this.#changed.set(key, this.#textOf(key));
  }

  /** A text that the file garbled is forgotten: what it told will be told again, and a start must not fail for it. */
  #restore(key: string, text: string): void {
    try {
      this.#put(key, JSON.parse(text), text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#changed.set(key, undefined);
    }
  }

  #put(key: string, value: Json, text: string): void {
    this.#remove(key);
    const bytes = bytesOf(key, text);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
  }

  #remove(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#bytes -= entry.bytes;
    return this.#entries.delete(key);
  }

  #textOf(key: string): string | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const text = JSON.stringify(entry.value);
    return text.length <= this.#limits.valueBytesMax ? text : undefined;
  }

  #forgetOldest(): void {
    const { entriesMax, bytesMax } = this.#limits;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= entriesMax && this.#bytes <= bytesMax) return;
      this.#remove(oldest);
      this.#changed.set(oldest, undefined);
    }
  }
}
