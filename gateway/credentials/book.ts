import { ApertoError, messageOf } from '../../model/errors.ts';
import { watchFiles } from '../watch.ts';
import { isReadByOthers, readCredentials } from './file.ts';
import type { Credential, TokenCredential, UserCredential } from './schema.ts';
import { hashToken } from './token.ts';

interface BookLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface BookOptions {
  readonly path: string;
  /** Whether somebody named the file: then it must be there. */
  readonly named?: boolean;
  readonly log: BookLog;
  /** How often the file is looked at. */
  readonly everyMs?: number;
}

/** Names whose credential is another one now, or none. */
export type Ended = ReadonlySet<string>;

/** The credentials of a file as they stand now. A file that turns bad, or vanishes, leaves them as they were. */
export class CredentialBook {
  readonly #path: string;
  readonly #log: BookLog;
  readonly #stop: () => void;
  readonly #listeners: ((ended: Ended) => void)[] = [];
  #all: ReadonlyMap<string, Credential> = new Map();
  #tokens: ReadonlyMap<string, TokenCredential> = new Map();
  #hasUsers = false;
  #hasTokens = false;

  /** @throws ApertoError `config` for a file that is bad, or that was named and is not there */
  constructor({ path, named = false, log, everyMs }: BookOptions) {
    this.#path = path;
    this.#log = log;
    const credentials = readCredentials(path);
    if (credentials !== undefined) this.#take(credentials);
    else if (named) {
      throw new ApertoError(
        'config',
        `credentials file ${path}: not there; "aperto credentials add" makes it`,
      );
    }
    this.#stop = watchFiles([path], () => this.#reload(), everyMs);
  }

  /** Whether the file has, or had, MQTT users: then nobody comes in without being one. */
  get hasUsers(): boolean {
    return this.#hasUsers;
  }

  /** The same of bearer tokens. */
  get hasTokens(): boolean {
    return this.#hasTokens;
  }

  get size(): number {
    return this.#all.size;
  }

  user(name: string): UserCredential | undefined {
    const found = this.#all.get(name);
    return found?.kind === 'token' ? undefined : found;
  }

  /** Known by its digest, so that how long it takes tells nothing of it. */
  token(given: string): TokenCredential | undefined {
    return this.#tokens.get(hashToken(given));
  }

  onChange(listener: (ended: Ended) => void): void {
    this.#listeners.push(listener);
  }

  close(): void {
    this.#stop();
  }

  #reload(): void {
    try {
      const credentials = readCredentials(this.#path);
      if (credentials === undefined) throw new ApertoError('config', `${this.#path} is gone`);
      const ended = this.#take(credentials);
      this.#log.info({ credentials: credentials.length, ended: ended.size }, 'credentials read again');
      for (const listener of this.#listeners) listener(ended);
    } catch (error) {
      this.#log.error({}, `the credentials stay as they were: ${messageOf(error)}`);
    }
  }

  #take(credentials: readonly Credential[]): Ended {
    if (isReadByOthers(this.#path)) {
      this.#log.warn({}, `credentials file ${this.#path}: others may read it; chmod 600 keeps them out`);
    }
    const before = this.#all;
    this.#all = new Map(credentials.map((entry) => [entry.name, entry]));
    this.#tokens = new Map(credentials.flatMap(toToken));
    // Once locked, a door does not fall open because the last key was taken away.
    this.#hasUsers ||= credentials.some(({ kind }) => kind !== 'token');
    this.#hasTokens ||= credentials.some(({ kind }) => kind === 'token');
    return new Set(
      [...before.values()].filter((entry) => !isSame(entry, this.#all.get(entry.name))).map(nameOf),
    );
  }
}

const nameOf = ({ name }: Credential): string => name;

const toToken = (entry: Credential): [string, TokenCredential][] =>
  entry.kind === 'token' && entry.hash !== undefined ? [[entry.hash, entry]] : [];

const isSame = (one: Credential, other: Credential | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
