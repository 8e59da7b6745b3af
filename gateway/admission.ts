import type { Duplex } from 'node:stream';
import type { AedesOptions, Client } from 'aedes';
import { limits } from '../model/limits.ts';
import type { Users } from './authenticate.ts';
import type { Authority } from './authorise.ts';
import type { Ended } from './credentials/book.ts';
import { anybody, type Identity, type Peer } from './identity.ts';

type Done = Parameters<NonNullable<AedesOptions['authenticate']>>[3];

/** DISCONNECT of MQTT 5 where an operator ended it [MQTT5 §3.14.2.1]. */
const administrativeAction = 0x98;

/** What is kept of clients that are away. */
interface KeptSessions {
  hasSession(clientId: string): boolean;
  dropSession(clientId: string): void;
}

interface AdmissionParts {
  readonly users: Users;
  readonly authority: Authority;
  readonly sessions: KeptSessions;
}

/** Owners of sessions that are remembered before those whose session is over are looked for. */
const ownersMax = 2 * limits.connectionsMax;

/** Lets clients in, knows which of them are in, and ends those whose credential changed. */
export class Admission {
  readonly #users: Users;
  readonly #authority: Authority;
  readonly #sessions: KeptSessions;
  readonly #peers = new WeakMap<Duplex, Peer>();
  /** Who has each client id: it is not for others to take over. */
  readonly #clients = new Map<string, Client>();
  /** Whose session is kept under a client id: nobody else gets what waits in it. */
  readonly #owners = new Map<string, Identity['user']>();

  constructor({ users, authority, sessions }: AdmissionParts) {
    this.#users = users;
    this.#authority = authority;
    this.#sessions = sessions;
    users.onEnded((ended) => this.#end(ended));
  }

  /** To be told of a connection before it says who it is. */
  meet(connection: Duplex, peer: Peer): void {
    this.#peers.set(connection, peer);
  }

  /** aedes asks at CONNECT. */
  async authenticate(
    client: Client,
    name: string | undefined,
    password: Buffer | undefined,
    done: Done,
  ): Promise<void> {
    // aedes itself checks the length for MQTT 3.1 alone.
    if (client.id.length > limits.clientIdLengthMax) {
      done(rejection(2, `a client id has at most ${limits.clientIdLengthMax} characters`), null);
      return;
    }
    const outcome = await this.#users.authenticate({
      peer: this.#peers.get(client.conn) ?? { address: '' },
      name,
      secret: password?.toString('utf8'),
      isGone: () => client.closed,
    });
    if ('returnCode' in outcome) done(rejection(outcome.returnCode, outcome.reason), null);
    else if (this.#isTaken(client, outcome)) done(rejection(2, 'another user has this client id'), null);
    else if (!client.closed) {
      this.#admit(client, outcome);
      done(null, true);
    }
  }

  #isTaken({ id }: Client, { user }: Identity): boolean {
    const holder = this.#clients.get(id);
    if (holder !== undefined) return this.#authority.identityOf(holder)?.user !== user;
    const owner = this.#owners.get(id);
    return owner !== undefined && owner !== user && this.#sessions.hasSession(id);
  }

  #admit(client: Client, identity: Identity): void {
    const { id } = client;
    this.#authority.admit(client, identity);
    this.#clients.set(id, client);
    // A device that got a user of its own finds nothing of what it was while all shared one password.
    if (this.#owners.has(id) && this.#owners.get(id) !== identity.user) this.#sessions.dropSession(id);
    if (client.clean) this.#owners.delete(id);
    else this.#own(id, identity.user);
    client.conn.once('close', () => {
      if (this.#clients.get(id) === client) this.#clients.delete(id);
    });
  }

  #own(id: string, user: Identity['user']): void {
    this.#owners.set(id, user);
    if (this.#owners.size <= ownersMax) return;
    for (const other of this.#owners.keys())
      if (!this.#sessions.hasSession(other)) this.#owners.delete(other);
  }

  #end(ended: Ended): void {
    for (const client of this.#clients.values()) {
      const identity = this.#authority.identityOf(client);
      if (identity === undefined || !this.#isOver(identity, ended)) continue;
      // What a revoked one left as its will is not said any more.
      if (identity.user === undefined || !this.#users.has(identity.user)) this.#authority.dismiss(client);
      client.disconnect({ reasonCode: administrativeAction });
    }
    for (const [id, user] of this.#owners) {
      if (user !== undefined && ended.has(user)) this.#sessions.dropSession(id);
    }
  }

  #isOver(identity: Identity, ended: Ended): boolean {
    if (identity === anybody) return this.#users.isLocked;
    return identity.user !== undefined && ended.has(identity.user);
  }
}

/** A return code of MQTT 3.1.1's CONNACK, which aedes translates for MQTT 5. */
const rejection = (returnCode: 2 | 3 | 5, message: string) =>
  Object.assign(new Error(message), { returnCode });
