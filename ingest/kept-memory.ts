import type { Json, Memory } from './decode/memory.ts';

/** What became of a key: its value as JSON text, or `undefined` where it was forgotten. */
export type Remembered = readonly [key: string, value: string | undefined];

const unchanged: readonly Remembered[] = [];

/**
 * The memory of the device definitions, kept in the spool: what a message changed becomes durable in the commit of
 * that message. Bounded in entries and in the size of each: the least recently set goes first.
 */
export class KeptMemory implements Memory {
  readonly #values = new Map<string, Json>();
  readonly #changed = new Set<string>();
  readonly #entriesMax: number;
  readonly #valueBytesMax: number;

  /** @param kept what the spool has, oldest first */
  constructor(
    limits: { entriesMax: number; valueBytesMax: number },
    kept: readonly (readonly [string, string])[],
  ) {
    this.#entriesMax = limits.entriesMax;
    this.#valueBytesMax = limits.valueBytesMax;
    for (const [key, text] of kept) this.#restore(key, text);
    this.#forgetOldest();
  }

  get(key: string): Json | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Json): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    this.#changed.add(key);
    this.#forgetOldest();
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#changed.add(key);
  }

  /** What changed since the last call; a value that is too large is not kept over a restart. */
  takeChanges(): readonly Remembered[] {
    if (this.#changed.size === 0) return unchanged;
    const changes = [...this.#changed].map((key): Remembered => [key, this.#textOf(key)]);
    this.#changed.clear();
    return changes;
  }

  /** The changes did not become durable after all: they go with the next message. */
  putBack(changes: readonly Remembered[]): void {
    for (const [key] of changes) this.#changed.add(key);
  }

  /** A text that the file garbled is forgotten: what it told will be told again, and a start must not fail for it. */
  #restore(key: string, text: string): void {
    try {
      this.#values.set(key, JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#changed.add(key);
    }
  }

  #textOf(key: string): string | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    const text = JSON.stringify(value);
    return text.length <= this.#valueBytesMax ? text : undefined;
  }

  #forgetOldest(): void {
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#entriesMax) return;
      this.#values.delete(oldest);
      this.#changed.add(oldest);
    }
  }
}
