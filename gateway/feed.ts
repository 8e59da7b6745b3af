import type { Aedes, AedesOptions, Client } from 'aedes';

type Forward = NonNullable<AedesOptions['authorizeForward']>;
type Emit = (packet: object, done?: (error?: Error | null) => void) => void;

interface Emitter {
  emit: Emit;
}

const hasEmit = (emitter: unknown): emitter is Emitter =>
  typeof emitter === 'object' && emitter !== null && 'emit' in emitter;

/**
 * Publishers do not wait for subscribers. aedes calls a publisher's message done once all who listen have taken it, so
 * one that does not read would stop all others until it is cut off. `mq` is private to aedes, whose version is pinned;
 * slow-reader.test.ts holds it. It asks for `concurrency: 0`.
 */
export const releasePublishers = (aedes: Aedes): void => {
  const emitter: unknown = Reflect.get(aedes, 'mq');
  if (!hasEmit(emitter)) return;
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (packet, done) => {
    emit(packet);
    done?.(null);
  };
};

/**
 * What waits for one subscriber in memory is bounded: while it does not read, messages are left out for it. One with
 * a session is cut off instead, because what it was promised waits in the session.
 */
export const forwardBounded =
  (bytesMax: number, onLeftOut: (client: Client) => void): Forward =>
  (client, packet) => {
    const { conn } = client;
    if (conn.writableLength <= bytesMax) return packet;
    onLeftOut(client);
    if (client.clean || packet.qos === 0) return null;
    conn.destroy(new Error('it does not read what it subscribed to'));
    return packet;
  };
