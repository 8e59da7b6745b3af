import type { Duplex } from 'node:stream';
import type { Aedes, AedesOptions, Client } from 'aedes';
import type { IConnectPacket } from 'mqtt-packet';
import type { Clock } from '../model/clock.ts';
import { Addresses } from './addresses.ts';
import { type BrokerRules, rulesOf } from './broker-rules.ts';
import { fastLane } from './fast-lane.ts';
import { forwardBounded, releasePublishers } from './feed.ts';
import { Gate } from './gate.ts';
import { type Limited, type Offence, Offenders } from './offenders.ts';
import { PartialPackets } from './partial-packets.ts';
import { QuietLog, type Warn } from './quiet-log.ts';
import { Returns } from './returns.ts';
import { Persistence } from './session/persistence.ts';
import { Retained } from './session/retained.ts';
import { Sessions } from './session/sessions.ts';
import { Subscriptions } from './subscriptions.ts';

type Publish = NonNullable<AedesOptions['authorizePublish']>;
type PreConnect = NonNullable<AedesOptions['preConnect']>;

export interface DoorkeeperParts {
  readonly clock: Clock;
  readonly log: Warn;
  readonly rules?: Partial<BrokerRules>;
}

const sweepMs = 1_000;

/** Puts every limit on what clients can do between their connection and the hook that accepts their messages. */
export class Doorkeeper {
  readonly subscriptions: Subscriptions;
  readonly persistence: Persistence;
  readonly forward: NonNullable<AedesOptions['authorizeForward']>;
  readonly rules: BrokerRules;
  readonly #log: QuietLog;
  readonly #offenders: Offenders;
  readonly #sessions: Sessions;
  readonly #addresses: Addresses;
  readonly #partial: PartialPackets;
  readonly #returns: Returns;
  readonly #gates = new WeakMap<Client, Gate>();
  readonly #sweeping: NodeJS.Timeout;
  #open = 0;

  constructor({ clock, log, rules }: DoorkeeperParts) {
    this.rules = rulesOf(rules);
    this.#log = new QuietLog(log, clock);
    this.#offenders = new Offenders(this.#log, clock);
    this.#sessions = new Sessions(this.rules.sessions, (id) => this.#offenders.note(id, 'session_queue'));
    this.persistence = new Persistence(new Retained(this.rules.retained), this.#sessions);
    this.subscriptions = new Subscriptions(this.#sessions, this.rules);
    this.#addresses = new Addresses(this.rules.connectionsPerAddressMax, this.rules.isExempt);
    this.#partial = new PartialPackets(this.rules.partialPacketBytesMax, this.rules.packetTimeoutMs);
    this.#returns = new Returns(this.rules.returns);
    this.forward = forwardBounded(this.rules.subscriberBytesMax, ({ id }) =>
      this.#offenders.note(id, 'slow_reader'),
    );
    this.#sweeping = setInterval(() => this.#partial.sweep(performance.now()), sweepMs).unref();
  }

  /** To be called once the broker is there. */
  attach(aedes: Aedes): void {
    releasePublishers(aedes);
    aedes.on('unsubscribe', (filters, client) => this.subscriptions.forget(client, filters));
    aedes.on('client', ({ id }) => {
      this.#sessions.resume(id);
      this.#returns.note(id, performance.now());
    });
    aedes.on('clientDisconnect', (client) => {
      this.subscriptions.leave(client);
      this.#sessions.leave(client.id, client.clean, performance.now());
    });
  }

  /** Whether one more connection may come in; one that may not is ended. */
  admit(connection: Duplex, address: string): boolean {
    if (this.#open >= this.rules.connectionsMax) {
      return this.#turnAway(connection, 'there are too many connections');
    }
    if (!this.#addresses.enter(address)) {
      return this.#turnAway(connection, `there are too many connections from ${address}`);
    }
    this.#open++;
    connection.once('close', () => {
      this.#open--;
      this.#addresses.leave(address);
    });
    return true;
  }

  /** Meters a connection that the broker has just taken, and takes its plain messages past the broker. */
  watch(client: Client, aedes: Aedes, accept: Publish): void {
    const tap = fastLane(client, {
      aedes,
      accept,
      isHeard: () => this.subscriptions.count > 0 || this.#sessions.hasFilters,
      onSettled: (messages) => gate.settle(messages),
    });
    const gate = new Gate(client.conn, {
      rules: this.rules.gate,
      partial: this.#partial,
      tap,
      onHeld: (offence: Offence, heldMs: number) => this.#offenders.note(client.id, offence, heldMs),
    });
    this.#gates.set(client, gate);
    client.once('connected', () => gate.open());
  }

  /** A CONNECT of an id that comes too often waits; of those that wait for one id, the latest stays. */
  readonly preConnect: PreConnect = (client, packet, done) => {
    const { willBytesMax } = this.rules;
    if (willBytesOf(packet) > willBytesMax) {
      done(new Error(`a will has at most ${willBytesMax} bytes`), false);
      return;
    }
    const { clientId } = packet;
    const heldMs = this.#returns.hold(clientId, client.conn, () => done(null, true));
    if (heldMs > 0) this.#offenders.note(clientId, 'reconnects', heldMs);
  };

  /** The hook that accepts messages, with what is told once a message has its answer. */
  metered(accept: Publish): Publish {
    return (client, packet, done) =>
      accept(client, packet, (error) => {
        if (client !== null) this.#gates.get(client)?.settle();
        done(error);
      });
  }

  /** A message of this client was no reading. */
  readonly onQuarantined = (client: Client | null): void => {
    if (client !== null) this.#gates.get(client)?.charge();
  };

  /** Whether something is kept of a client that may be away. */
  hasSession(clientId: string): boolean {
    return this.#sessions.has(clientId);
  }

  dropSession(clientId: string): void {
    this.#sessions.drop(clientId);
  }

  limited(): readonly Limited[] {
    return this.#offenders.list();
  }

  close(): void {
    clearInterval(this.#sweeping);
  }

  #turnAway(connection: Duplex, reason: string): false {
    this.#log.warn({}, `MQTT connection refused: ${reason}`);
    connection.on('error', () => connection.destroy());
    connection.destroy();
    return false;
  }
}

const willBytesOf = ({ will }: IConnectPacket): number => will?.payload.length ?? 0;
