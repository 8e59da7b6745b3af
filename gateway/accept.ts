import type { AedesOptions, Client, PublishPacket } from 'aedes';
import type { Accept } from '../ingest/message.ts';
import type { Clock } from '../model/clock.ts';
import { messageOf } from '../model/errors.ts';

export interface Door {
  readonly accept: Accept;
  readonly refuse: (reason: string, qos: 0 | 1 | 2) => void;
  readonly clock: Clock;
}

type Done = (error?: Error | null) => void;

/** MQTT 5 reason codes [MQTT5 §2.4]. */
const topicNameInvalid = 0x90;
const quotaExceeded = 0x97;

/** A topic that MQTT does not allow: NUL, or bytes that were no UTF-8 [MQTT-1.5.3-1, MQTT-1.5.3-2]. */
const isMalformed = (topic: string): boolean => topic.includes('\u0000') || topic.includes('\ufffd');

/**
 * The hook before PUBACK: it calls back once the message is durable, in the order of arrival, because the spool
 * settles in that order. An error closes the connection, so that a good device sends again; a message that can
 * never become a reading is settled in quarantine and acked, or it would be sent for ever.
 */
export const acceptPublish =
  ({ accept, refuse, clock }: Door): NonNullable<AedesOptions['authorizePublish']> =>
  (client, packet, done) => {
    const qos = packet.qos ?? 0;
    if (packet.topic.startsWith('$')) {
      refuse('reserved_topic', qos);
      turnAway(client, done, topicNameInvalid, new Error('topics that start with $ belong to the broker'));
      return;
    }
    if (isMalformed(packet.topic)) {
      refuse('malformed_topic', qos);
      turnAway(client, done, topicNameInvalid, new Error('the topic is not valid UTF-8'));
      return;
    }
    accept(toMessage(client, packet, qos, clock.now())).then(
      () => done(null),
      (error: unknown) =>
        turnAway(client, done, quotaExceeded, new Error(messageOf(error), { cause: error })),
    );
  };

/**
 * Ends the connection without an ack. An MQTT 5 client is told why by a DISCONNECT: the PUBACK with an error code
 * that aedes would send instead counts as delivered for the device, which then forgets the message.
 */
const turnAway = (client: Client | null, done: Done, reasonCode: number, error: Error): void => {
  if (client?.version !== 5 || !('disconnect' in client) || typeof client.disconnect !== 'function') {
    done(error);
    return;
  }
  client.disconnect({ reasonCode });
};

const toMessage = (client: Client | null, packet: PublishPacket, qos: 0 | 1 | 2, receivedAt: number) => ({
  topic: packet.topic,
  payload: typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload,
  qos,
  receivedAt,
  // aedes calls without a client for the will of one that another broker held.
  origin: client?.id ?? 'will',
  ...(packet.messageId === undefined ? {} : { messageId: packet.messageId }),
  resent: packet.dup === true,
});
