import type { AedesOptions, Client, PublishPacket } from 'aedes';
import type { Accept } from '../ingest/message.ts';
import type { Clock } from '../model/clock.ts';
import { messageOf } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { denyPublish } from './deny.ts';

export interface Door {
  readonly accept: Accept;
  readonly refuse: (reason: string, qos: 0 | 1 | 2) => void;
  readonly clock: Clock;
  /** Whether the client has the right to publish to a topic; everybody has where absent. Asked for every message. */
  readonly mayPublish?: (client: Client | null, topic: string) => boolean;
  /** Told of a message that was no reading. */
  readonly onQuarantined?: (client: Client | null) => void;
}

type Done = (error?: Error | null) => void;

/** MQTT 5 reason codes [MQTT5 §2.4]. */
const topicNameInvalid = 0x90;
const quotaExceeded = 0x97;

/** Why no device may publish to a topic; `undefined` where it may. */
const refusalOf = (topic: string): { readonly reason: string; readonly detail: string } | undefined => {
  // Other topics of that kind are nobody's: known to no device, and heard by no wildcard [MQTT-4.7.2-1].
  if (topic.startsWith('$SYS/') || topic.startsWith('$share/')) {
    return {
      reason: 'reserved_topic',
      detail: 'topics that start with $SYS/ or $share/ belong to the broker',
    };
  }
  if (Buffer.byteLength(topic) > limits.topicBytesMax) {
    return { reason: 'topic_too_long', detail: `a topic has at most ${limits.topicBytesMax} bytes` };
  }
  // NUL, bytes that were no UTF-8, and the wildcards of a will [MQTT-1.5.3-1, MQTT-1.5.3-2, MQTT-3.3.2-2].
  return /[\0\ufffd#+]/u.test(topic)
    ? { reason: 'malformed_topic', detail: 'the topic is not one that MQTT allows' }
    : undefined;
};

/**
 * The hook before PUBACK: it calls back once the message is durable, in the order of arrival, because the spool
 * settles in that order. An error closes the connection, so that a good device sends again; a message that can
 * never become a reading is settled in quarantine and acked, or it would be sent for ever.
 */
export const acceptPublish = ({
  accept,
  refuse,
  clock,
  mayPublish,
  onQuarantined,
}: Door): NonNullable<AedesOptions['authorizePublish']> => {
  return (client, packet, done) => {
    const qos = packet.qos ?? 0;
    const refusal = refusalOf(packet.topic);
    if (refusal !== undefined) {
      refuse(refusal.reason, qos);
      turnAway(client, done, topicNameInvalid, new Error(refusal.detail));
      return;
    }
    if (mayPublish !== undefined && !mayPublish(client, packet.topic)) {
      refuse('not_authorised', qos);
      denyPublish(client, packet, done);
      return;
    }
    accept(toMessage(client, packet, qos, clock.now())).then(
      ({ kind }) => {
        if (kind === 'quarantined') onQuarantined?.(client);
        done(null);
      },
      (error: unknown) =>
        turnAway(client, done, quotaExceeded, new Error(messageOf(error), { cause: error })),
    );
  };
};

/**
 * Ends the connection without an ack. An MQTT 5 client is told why by a DISCONNECT, and aedes only after that: the
 * PUBACK with an error code that it would send instead counts as delivered for the device, which then forgets the
 * message. A will comes from a connection that is over.
 */
const turnAway = (client: Client | null, done: Done, reasonCode: number, error: Error): void => {
  if (client === null || client.version !== 5 || client.closed) {
    done(error);
    return;
  }
  // One that was told so already is on its way out; nothing may follow its DISCONNECT [MQTT-3.14.4-1].
  if (client.disconnectReasonCode === null) client.disconnect({ reasonCode }, () => done(error));
};

const toMessage = (client: Client | null, packet: PublishPacket, qos: 0 | 1 | 2, receivedAt: number) => {
  const { topic, messageId } = packet;
  const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
  // aedes calls without a client for the will of one that another broker held.
  const origin = client?.id ?? 'will';
  const resent = packet.dup === true;
  return messageId === undefined
    ? { topic, payload, qos, receivedAt, origin, resent }
    : { topic, payload, qos, receivedAt, origin, resent, messageId };
};
