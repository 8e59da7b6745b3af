/** Which batches in the store are still kept, newest last, bounded by their messages. */
export class Tail {
  readonly #messagesMax: number;
  readonly #batches: { readonly id: number; readonly messages: number }[] = [];
  #messages = 0;

  constructor(messagesMax: number) {
    this.#messagesMax = messagesMax;
  }

  push(id: number, messages: number): void {
    this.#batches.push({ id, messages });
    this.#messages += messages;
    while (
      this.#batches.length > 0 &&
      this.#messages - (this.#batches[0]?.messages ?? 0) >= this.#messagesMax
    ) {
      this.#messages -= this.#batches.shift()?.messages ?? 0;
    }
  }

  /** The id up to which rows need not be kept once `coming` have been pushed; `undefined` where all must stay. */
  forgettable(coming: readonly { readonly id: number; readonly messages: number }[]): number | undefined {
    let messages = this.#messages + coming.reduce((sum, row) => sum + row.messages, 0);
    let id: number | undefined;
    for (const batch of [...this.#batches, ...coming]) {
      if (messages - batch.messages < this.#messagesMax) return id;
      messages -= batch.messages;
      id = batch.id;
    }
    return id;
  }
}
