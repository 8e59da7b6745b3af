import type { IncomingMessage } from 'node:http';

/** Requests that are being answered, by the token that they came with: an event stream goes on for days. */
export class OpenRequests {
  readonly #open = new Map<IncomingMessage, string>();

  add(name: string, request: IncomingMessage): void {
    this.#open.set(request, name);
    request.once('close', () => this.#open.delete(request));
  }

  /** Cuts those whose token is none any more. */
  end(names: ReadonlySet<string>): void {
    for (const [request, name] of this.#open) if (names.has(name)) request.socket.destroy();
  }
}
