import type { Role } from './credentials/kinds.ts';
import type { UserCredential } from './credentials/schema.ts';

/** Who a connection is, and what it may do. */
export interface Identity {
  /** Name of its credential; `undefined` for those who need none or share the one password. */
  readonly user: string | undefined;
  readonly role: Role;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** What is left to clients at all. */
export const everything = { publish: ['#'], subscribe: ['#', '$SYS/#'] } as const;

/** Somebody where nobody is asked. */
export const anybody: Identity = { user: undefined, role: 'admin', ...everything };
/** Somebody who knows a password that is shared. */
export const insider: Identity = { user: undefined, role: 'admin', ...everything };

export const identityOf = ({ name, role, publish, subscribe }: UserCredential): Identity => ({
  user: name,
  role,
  publish,
  subscribe,
});

/** Where a connection comes from, and what its TLS has proved. */
export interface Peer {
  /** `''` where it is not known. */
  readonly address: string;
  /** Names in a client certificate that our authority has signed. */
  readonly certified?: readonly string[];
  /** Whether the listener asks for client certificates: it lets nobody in who shows nothing at all. */
  readonly guarded?: boolean;
}
