import type { Client } from 'aedes';
import type { Clock } from '../model/clock.ts';
import { anybody, type Identity, insider } from './identity.ts';
import { Quiet } from './quiet.ts';
import { covers } from './topic-filter.ts';

/** Topics of one client whose decision is remembered; a network server speaks for many devices. */
const decisionsMax = 1_024;

interface Session {
  readonly identity: Identity;
  readonly decisions: Map<string, boolean>;
}

interface Watch {
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

/** What each client that came in may do. */
export class Authority {
  readonly #sessions = new WeakMap<Client, Session>();
  readonly #quiet = new Quiet();
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  admit(client: Client, identity: Identity): void {
    this.#sessions.set(client, { identity, decisions: new Map() });
  }

  /** Takes every right away, that to a will too. */
  dismiss(client: Client): void {
    this.#sessions.delete(client);
  }

  identityOf(client: Client): Identity | undefined {
    return this.#sessions.get(client)?.identity;
  }

  /** Asked for every message: what was decided once is remembered. */
  mayPublish(client: Client | null, topic: string): boolean {
    const session = client === null ? undefined : this.#sessions.get(client);
    if (session !== undefined && isFree(session)) return true;
    const known = session?.decisions.get(topic);
    if (known === true) return true;
    const granted = known ?? (session !== undefined && decide(session, topic));
    if (!granted) this.#tell(client, session, topic, 'publish');
    return granted;
  }

  maySubscribe(client: Client, filter: string): boolean {
    const session = this.#sessions.get(client);
    if (session !== undefined && isFree(session)) return true;
    const granted = session?.identity.subscribe.some((grant) => covers(grant, filter)) === true;
    if (!granted) this.#tell(client, session, filter, 'subscribe');
    return granted;
  }

  /** One line a minute of each user. */
  #tell(client: Client | null, session: Session | undefined, topic: string, what: string): void {
    const user = session?.identity.user;
    const leftOut = this.#quiet.admit(`${what} ${user ?? client?.id ?? ''}`, this.#watch.clock.now());
    if (leftOut === undefined) return;
    const more = leftOut === 0 ? {} : { leftOut };
    this.#watch.log.warn(
      { user, client: client?.id, topic: topic.slice(0, 256), ...more },
      `${what} refused: its credential does not grant this topic`,
    );
  }
}

const isFree = ({ identity }: Session): boolean => identity === anybody || identity === insider;

const decide = ({ identity, decisions }: Session, topic: string): boolean => {
  const granted = identity.publish.some((grant) => covers(grant, topic));
  if (decisions.size >= decisionsMax) decisions.clear();
  decisions.set(topic, granted);
  return granted;
};
