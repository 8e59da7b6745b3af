import type { TransferListItem } from 'node:worker_threads';
import { ApertoError, type ApertoErrorOptions, type ErrorCode, messageOf } from '../model/errors.ts';

/** One side of a channel between two threads: a Worker or a MessagePort. */
export interface Channel {
  postMessage(message: unknown, transfer?: readonly TransferListItem[]): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

type PlainError = { readonly code: ErrorCode; readonly message: string } & ApertoErrorOptions;

type Message =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: string;
      readonly parameters: readonly unknown[];
    }
  | { readonly kind: 'reply'; readonly id: number; readonly result?: unknown; readonly error?: PlainError };

/** What a side answers: methods by name. Parameters and results are copied between the threads. */
export type Calls = { readonly [Name in string]: (...parameters: never[]) => unknown };
type Answer<Method> = Method extends (...parameters: never[]) => infer Result ? Awaited<Result> : never;
type Given<Method> = Method extends (...parameters: infer Parameters) => unknown ? Parameters : never;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The id of calls that get no reply. */
const unanswered = 0;

/**
 * Calls to the other thread and answers its calls, each in the order in which they come. Errors cross as
 * ApertoError with their decision.
 */
export class Peer<Remote> {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: ApertoError | undefined;

  constructor(channel: Channel, local: Calls = {}) {
    this.#channel = channel;
    channel.on('message', (message) => {
      if (message.kind === 'reply') this.#settle(message);
      else this.#answer(local, message);
    });
  }

  call<Name extends keyof Remote & string>(
    name: Name,
    ...parameters: Given<Remote[Name]>
  ): Promise<Answer<Remote[Name]>> {
    return this.give([], name, ...parameters);
  }

  /** A call that hands things over instead of copying them: ports, buffers. */
  give<Name extends keyof Remote & string>(
    transfer: readonly TransferListItem[],
    name: Name,
    ...parameters: Given<Remote[Name]>
  ): Promise<Answer<Remote[Name]>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#channel.postMessage({ kind: 'call', id, name, parameters } satisfies Message, transfer);
      this.#waiting.set(id, { resolve: (value) => resolve(value as Answer<Remote[Name]>), reject });
    });
  }

  /** A call whose answer nobody waits for; where the other side is gone, nothing happens. */
  tell<Name extends keyof Remote & string>(name: Name, ...parameters: Given<Remote[Name]>): void {
    if (this.#ended !== undefined) return;
    this.#channel.postMessage({ kind: 'call', id: unanswered, name, parameters } satisfies Message);
  }

  /** The other side is gone: what waits for it, and what would, fails. */
  end(error: ApertoError): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  #settle({ id, result, error }: Message & { readonly kind: 'reply' }): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new ApertoError(error.code, error.message, error));
  }

  #answer(local: Calls, { id, name, parameters }: Message & { readonly kind: 'call' }): void {
    const send = (reply: Message): void => {
      if (id !== unanswered) this.#channel.postMessage(reply);
    };
    const reply = (result: unknown): void => send({ kind: 'reply', id, result });
    const fail = (error: unknown): void => send({ kind: 'reply', id, error: toPlain(error) });
    try {
      const result = local[name]?.(...(parameters as never[]));
      // What is ready is answered at once: a reply never waits behind one that comes later.
      if (result instanceof Promise) result.then(reply).catch(fail);
      else reply(result);
    } catch (error) {
      fail(error);
    }
  }
}

const toPlain = (error: unknown): PlainError => {
  if (!(error instanceof ApertoError)) return { code: 'internal', message: messageOf(error) };
  const { code, message, retry, retryAfterMs, reason } = error;
  return {
    code,
    message,
    retry,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(reason === undefined ? {} : { reason }),
  };
};
