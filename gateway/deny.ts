import type { AedesOptions, Client, PublishPacket } from 'aedes';

type Done = Parameters<NonNullable<AedesOptions['authorizePublish']>>[2];

/** A publish that its client has no right to; whoever denies it has logged it. */
export class NotAuthorised extends Error {
  constructor() {
    super('not authorised to publish to this topic');
    this.name = 'NotAuthorised';
  }
}

/**
 * Drops a publish that its client has no right to. It is never acknowledged as if it had been taken: MQTT 5 has a word
 * for it, PUBACK or PUBREC 0x87, which aedes sends; MQTT 3.1.1 has none, so the connection ends [MQTT-3.3.5-2]. With
 * QoS 0 nobody waits for an answer, and a device that says one thing too many goes on with what it may say.
 */
export const denyPublish = (client: Client | null, packet: PublishPacket, done: Done): void => {
  const isWill = client === null || client.closed;
  if (isWill || packet.qos > 0) {
    done(new NotAuthorised());
    return;
  }
  Reflect.set(packet, droppedMark, true);
  done(null);
};

/** Private to aedes 2.0.0-beta.1, which drops what bears this mark; authorise.test.ts holds it. */
const droppedMark = '_notAuthorized';

/** Whether a publish without a right was dropped in silence: nobody may hear it. */
export const isDropped = (packet: PublishPacket): boolean => Reflect.has(packet, droppedMark);
