const words = 2 ** 16 / 32;

/** A set of packet ids [MQTT-2.3.1]: 8 kB, however many of them there are. */
export class PacketIds {
  readonly #bits = new Uint32Array(words);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    return ((this.#bits[(id & 0xffff) >> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }

  add(id: number): void {
    if (this.has(id)) return;
    this.#size++;
    this.#flip(id);
  }

  delete(id: number): boolean {
    if (!this.has(id)) return false;
    this.#size--;
    this.#flip(id);
    return true;
  }

  #flip(id: number): void {
    const word = (id & 0xffff) >> 5;
    this.#bits[word] = (this.#bits[word] ?? 0) ^ (1 << (id & 31));
  }
}
