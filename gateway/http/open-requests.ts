import type { ServerResponse } from 'node:http';

/** Requests that are being answered, by the token that they came with: an event stream goes on for days. */
export class OpenRequests {
  readonly #open = new Map<ServerResponse, string>();

  add(name: string, response: ServerResponse): void {
    this.#open.set(response, name);
    response.once('close', () => this.#open.delete(response));
  }

  /** Cuts those whose token is none any more. */
  end(names: ReadonlySet<string>): void {
    for (const [response, name] of this.#open) if (names.has(name)) response.destroy();
  }
}
