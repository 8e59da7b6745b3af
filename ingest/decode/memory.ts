/** Values that survive a restart: plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What definitions remember between messages. Keys begin with the family: `sparkplug/{group}/{node}`. */
export interface Memory {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
  delete(key: string): void;
}

/** Memory in this process: the least recently set goes first when the limit is reached. */
export class VolatileMemory implements Memory {
  readonly #values = new Map<string, Json>();
  readonly #entriesMax: number;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get(key: string): Json | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Json): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#entriesMax) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      return;
    }
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}
