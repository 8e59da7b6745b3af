import { ApertoError, type ErrorCode, messageOf } from '../../model/errors.ts';

/** One side of a channel between two threads: a Worker or a MessagePort. */
export interface Channel {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry: boolean;
  readonly retryAfterMs?: number;
}

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

/** Calls to the other thread and answers its calls. Errors cross as ApertoError with their decision. */
export class Peer<Remote> {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: ApertoError | undefined;

  constructor(channel: Channel, local: Calls) {
    this.#channel = channel;
    channel.on('message', (message) => {
      if (message.kind === 'reply') this.#settle(message);
      else void this.#answer(local, message);
    });
  }

  call<Name extends keyof Remote & string>(
    name: Name,
    ...parameters: Given<Remote[Name]>
  ): Promise<Answer<Remote[Name]>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#channel.postMessage({ kind: 'call', id, name, parameters } satisfies Message);
      this.#waiting.set(id, { resolve: (value) => resolve(value as Answer<Remote[Name]>), reject });
    });
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

  async #answer(local: Calls, { id, name, parameters }: Message & { readonly kind: 'call' }): Promise<void> {
    try {
      const result = await local[name]?.(...(parameters as never[]));
      this.#channel.postMessage({ kind: 'reply', id, result } satisfies Message);
    } catch (error) {
      this.#channel.postMessage({ kind: 'reply', id, error: toPlain(error) } satisfies Message);
    }
  }
}

const toPlain = (error: unknown): PlainError => {
  if (!(error instanceof ApertoError)) return { code: 'internal', message: messageOf(error), retry: false };
  const { code, message, retry, retryAfterMs } = error;
  return { code, message, retry, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
};
