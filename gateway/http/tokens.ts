import type { CredentialBook } from '../credentials/book.ts';
import type { Scope } from '../credentials/kinds.ts';
import { sameSecret } from '../secret.ts';

/** Who shows a token, and how far it reaches. */
export interface Holder {
  readonly name: string;
  readonly scope: Scope;
}

interface TokensOptions {
  /** The operator's one token, which may do everything. */
  readonly token?: string | undefined;
  readonly book?: CredentialBook | undefined;
}

const operator: Holder = { name: 'APERTO_HTTP_TOKEN', scope: 'operate' };

/** The bearer tokens that open the HTTP door [RFC 6750]. */
export class Tokens {
  readonly #token: string | undefined;
  readonly #book: CredentialBook | undefined;

  constructor({ token, book }: TokensOptions) {
    this.#token = token;
    this.#book = book;
  }

  /** Whether anybody has to show one. */
  get isLocked(): boolean {
    return this.#token !== undefined || this.#book?.hasTokens === true;
  }

  /** @param authorization the header of a request */
  holderOf(authorization: string | undefined): Holder | undefined {
    const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (this.#token !== undefined && sameSecret(given, this.#token)) return operator;
    return this.#book?.token(given);
  }

  /** Calls with the names whose requests are to end. */
  onEnded(listener: (ended: ReadonlySet<string>) => void): void {
    this.#book?.onChange(listener);
  }
}

/** `operate` may do what `read` may. */
export const reaches = ({ scope }: Holder, needed: Scope): boolean =>
  scope === 'operate' || needed === 'read';
