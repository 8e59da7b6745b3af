import type { Clock } from '../model/clock.ts';
import { FailedAttempts, partyOf } from './attempts.ts';
import type { CredentialBook, Ended } from './credentials/book.ts';
import type { UserCredential } from './credentials/schema.ts';
import { SecretVerifier } from './credentials/verifier.ts';
import { anybody, type Identity, identityOf, insider, type Peer } from './identity.ts';
import { sameSecret } from './secret.ts';

/** CONNACK return code of MQTT 3.1.1 [MQTT-3.2.2-5], which aedes translates for MQTT 5: 0x88 and 0x87. */
export interface Refusal {
  readonly returnCode: 3 | 5;
  /** For the log. */
  readonly reason: string;
}

export interface Attempt {
  readonly peer: Peer;
  readonly name: string | undefined;
  readonly secret: string | undefined;
  /** Asked before something dear is computed. */
  readonly isGone: () => boolean;
}

export interface UsersOptions {
  readonly clock: Clock;
  /** Users with credentials of their own. */
  readonly book?: CredentialBook | undefined;
  /** Opens the door under any name that is no user's. */
  readonly password?: string | undefined;
  /** Opens the door under every name to what runs in this process: random, and known nowhere else. It locks nothing. */
  readonly inner?: string | undefined;
}

const secretLengthMax = 1_024;
/** Of one name from one address; of one address, behind which a whole street may be. */
const allowances = {
  name: { burst: 10, refillMs: 10_000 },
  address: { burst: 100, refillMs: 1_000 },
} as const;

const refuse = (reason: string): Refusal => ({ returnCode: 5, reason });
const later = (reason: string): Refusal => ({ returnCode: 3, reason });

const isSame = (secret: string, shared: string | undefined): boolean =>
  shared !== undefined && sameSecret(secret, shared);

/** Finds out who a client is: by its certificate, by a secret of its own, or by a password that is shared. */
export class Users {
  readonly #book: CredentialBook | undefined;
  readonly #password: string | undefined;
  readonly #inner: string | undefined;
  readonly #byName: FailedAttempts;
  readonly #byAddress: FailedAttempts;
  readonly #verifier = new SecretVerifier();
  readonly #counts = { admitted: 0, refused: 0 };

  constructor({ clock, book, password, inner }: UsersOptions) {
    this.#book = book;
    this.#password = password;
    this.#inner = inner;
    this.#byName = new FailedAttempts(allowances.name, clock);
    this.#byAddress = new FailedAttempts(allowances.address, clock);
    book?.onChange((ended) => {
      for (const name of ended) this.#verifier.forget(name);
    });
  }

  /** Whether a client has to say who it is. */
  get isLocked(): boolean {
    return this.#password !== undefined || this.#book?.hasUsers === true;
  }

  /** Clients that came in or did not, and the scrypts that it took. */
  get counts(): { readonly admitted: number; readonly refused: number; readonly checks: number } {
    return { ...this.#counts, checks: this.#verifier.checks };
  }

  /** Whether a name is a user's who may come in. */
  has(name: string): boolean {
    const entry = this.#book?.user(name);
    return entry !== undefined && entry.revoked === undefined;
  }

  /** Calls with the names whose connections are to end. */
  onEnded(listener: (ended: Ended) => void): void {
    this.#book?.onChange(listener);
  }

  async authenticate(attempt: Attempt): Promise<Identity | Refusal> {
    const outcome = await this.#identify(attempt);
    this.#counts['returnCode' in outcome ? 'refused' : 'admitted']++;
    return outcome;
  }

  async #identify(attempt: Attempt): Promise<Identity | Refusal> {
    const { peer, name, secret } = attempt;
    const certified = this.#byCertificate(peer);
    if (certified !== undefined) {
      if (name === undefined || name === certified.name) return identityOf(certified);
      return refuse(`the certificate is that of ${certified.name}, the user name is another`);
    }
    if (!this.isLocked) {
      const isGuarded = peer.guarded === true && peer.certified === undefined;
      return isGuarded ? refuse('this port asks for a client certificate') : anybody;
    }
    if (secret === undefined || secret.length > secretLengthMax) return refuse('no password');
    if (isSame(secret, this.#inner)) return insider;
    const own = name === undefined ? undefined : this.#book?.user(name);
    return await this.#bySecret(own, secret, attempt);
  }

  #byCertificate({ certified = [] }: Peer): UserCredential | undefined {
    for (const name of certified) {
      const entry = this.#book?.user(name);
      if (entry?.kind === 'certificate' && entry.revoked === undefined) return entry;
    }
    return undefined;
  }

  async #bySecret(
    own: UserCredential | undefined,
    secret: string,
    { peer, name = '', isGone }: Attempt,
  ): Promise<Identity | Refusal> {
    const hash = own?.kind === 'password' ? own.hash : undefined;
    const known = hash === undefined ? undefined : this.#verifier.recall(name, hash, secret);
    if (known === true && own !== undefined) return identityOf(own);

    const party = partyOf(peer.address);
    const person = `${party} ${name.slice(0, 256)}`;
    if (!this.#byAddress.mayTry(party) || !this.#byName.mayTry(person))
      return later('too many wrong passwords');
    if (own === undefined && isSame(secret, this.#password)) return insider;
    const verdict =
      hash === undefined || known === false
        ? 'wrong'
        : await this.#verifier.verify(name, hash, secret, isGone);
    if (verdict === 'busy') return later('too many clients at once');
    // The file may have changed while this one waited.
    const now = own === undefined ? undefined : this.#book?.user(own.name);
    if (verdict === 'right' && now?.kind === 'password' && now.hash === hash) return identityOf(now);
    this.#byAddress.fail(party);
    this.#byName.fail(person);
    return refuse('wrong user name or password');
  }
}
