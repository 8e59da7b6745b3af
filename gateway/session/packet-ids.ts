const words = 2 ** 16 / 32;
/** So many are kept one by one: most clients have a few, and a session that is left behind must not cost 8 kB. */
const fewMax = 64;

/** A set of packet ids [MQTT-2.3.1]: of 8 kB at most, however many of them there are. */
export class PacketIds {
  #few: Set<number> | undefined = new Set();
  #bits: Uint32Array | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    if (this.#few !== undefined) return this.#few.has(id);
    return ((this.#bits?.[(id & 0xffff) >> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }

  add(id: number): void {
    if (this.has(id)) return;
    this.#size++;
    if (this.#few !== undefined && this.#few.size < fewMax) this.#few.add(id);
    else this.#flip(id);
  }

  delete(id: number): boolean {
    if (!this.has(id)) return false;
    this.#size--;
    if (this.#few === undefined) this.#flip(id);
    else this.#few.delete(id);
    return true;
  }

  #flip(id: number): void {
    const bits = this.#bits ?? new Uint32Array(words);
    this.#bits = bits;
    const few = this.#few;
    this.#few = undefined;
    for (const each of few === undefined ? [id] : [...few, id]) {
      const word = (each & 0xffff) >> 5;
      bits[word] = (bits[word] ?? 0) ^ (1 << (each & 31));
    }
  }
}
