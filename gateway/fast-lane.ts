import type { Aedes, AedesOptions, Client, PublishPacket } from 'aedes';
import { limits } from '../model/limits.ts';
import { Acks } from './acks.ts';
import { isDropped, NotAuthorised } from './deny.ts';
import { PublishTap } from './publish-tap.ts';

export interface FastLaneParts {
  readonly aedes: Aedes;
  /** The hook that accepts messages. */
  readonly accept: NonNullable<AedesOptions['authorizePublish']>;
  /** Whether anybody listens to anything. */
  readonly isHeard: () => boolean;
  /** So many messages of the client have their answer. */
  readonly onSettled: (messages: number) => void;
}

/** MQTT 5 reason code of a PUBACK [MQTT5 §3.4.2.1]. */
const notAuthorized = 0x87;

/**
 * The way of the plain message, which is nearly every one: read from the bytes, accepted, acked, and handed to the
 * broker only where somebody listens or it is to be retained. aedes does the same for all others, with a parser for
 * every kind of packet, and a queue, an emitter and a write for each message: half of what a message costs.
 */
export const fastLane = (
  client: Client,
  { aedes, accept, isHeard, onSettled }: FastLaneParts,
): PublishTap => {
  const acks = new Acks(client.conn, { drainTimeoutMs: limits.drainTimeoutMs, onSent: onSettled });
  const settle = (packet: PublishPacket, error: Error | null | undefined): void => {
    if (error) {
      refuse(aedes, client, packet, acks, error);
      return;
    }
    acks.add(packet.messageId ?? 0);
    if (!(packet.retain || isHeard()) || isDropped(packet)) return;
    aedes.publish(Object.assign(packet, { clientId: client.id }), noteError);
  };
  const noteError = (error?: Error): void => {
    if (error) aedes.emit('clientError', client, error);
  };
  let keepalive: NodeJS.Timeout | undefined;
  const tap = new PublishTap({
    topicLevelsMax: limits.topicLevelsMax,
    onPublish: (packet) => {
      // Any packet tells that the client is there [MQTT-3.1.2-24].
      keepalive?.refresh();
      // What came in one piece with a message that ended the connection is not looked at.
      if (!client.closed) accept(client, packet, (error) => settle(packet, error));
    },
  });
  client.once('connected', () => {
    tap.isMqtt5 = client.version === 5;
    keepalive = keepaliveOf(client);
  });
  return tap;
};

/** As aedes does it: MQTT 5 is told by the ack that it had no right, any other connection ends [MQTT-3.3.5-2]. */
const refuse = (aedes: Aedes, client: Client, { messageId = 0 }: PublishPacket, acks: Acks, error: Error) => {
  if (client.version === 5 && error instanceof NotAuthorised) {
    aedes.emit('clientError', client, error);
    acks.add(messageId, notAuthorized);
  } else client.emit('error', error);
};

/** Private to aedes, whose version is pinned; keepalive.test.ts holds it. */
const keepaliveOf = (client: Client): NodeJS.Timeout | undefined => {
  const timer: unknown = Reflect.get(client, '_keepaliveTimer');
  return isTimeout(timer) ? timer : undefined;
};

const isTimeout = (timer: unknown): timer is NodeJS.Timeout =>
  typeof timer === 'object' && timer !== null && 'refresh' in timer;
