import type { IPublishPacket } from 'mqtt-packet';

/** A message as the broker hands it to what keeps messages. */
export type Publication = IPublishPacket & {
  readonly brokerId?: string;
  /** Tells the messages of one broker apart. */
  readonly brokerCounter?: number;
  /** Epoch milliseconds [MQTT5 §3.3.2.3.3]. */
  readonly messageExpiry?: number;
};

/** What a message costs beside its text: the objects that hold it. Measured: some 600 bytes, and as much as a reserve. */
const overheadBytes = 1_024;

export const sizeOf = ({ topic, payload, properties }: Publication): number =>
  overheadBytes +
  2 * topic.length +
  payload.length +
  (properties === undefined ? 0 : 2 * JSON.stringify(properties).length);

/**
 * The message with a payload of its own. What the parser hands out is a view of all that came in with it, and one
 * that is kept would keep the rest as well.
 */
export const compact = <Packet extends Publication>(packet: Packet): Packet => {
  const { payload } = packet;
  const own = Buffer.allocUnsafeSlow(Buffer.byteLength(payload));
  if (typeof payload === 'string') own.write(payload);
  else own.set(payload);
  return { ...packet, payload: own };
};
