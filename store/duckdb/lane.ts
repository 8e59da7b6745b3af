/** Runs one task at a time, in the order in which they came. */
export class Lane {
  #tail: Promise<unknown> = Promise.resolve();
  #length = 0;

  /** Tasks that have not ended. */
  get length(): number {
    return this.#length;
  }

  run<Value>(task: () => Promise<Value>): Promise<Value> {
    this.#length++;
    const result = this.#tail.then(task).finally(() => {
      this.#length--;
    });
    this.#tail = result.then(settled, settled);
    return result;
  }

  /** Resolves when all that was given so far has ended. */
  async idle(): Promise<void> {
    await this.#tail;
  }
}

const settled = (): undefined => undefined;
