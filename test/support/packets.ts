import type { IConnectPacket, Packet } from 'mqtt-packet';

/** CONNECT of a clean session without a keepalive, MQTT 3.1.1 unless told otherwise. */
export const connectPacket = (clientId: string, changes: Partial<IConnectPacket> = {}): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId,
  keepalive: 0,
  ...changes,
});

/** PUBLISH with QoS 1, whose payload is its packet id unless told otherwise. */
export const publishPacket = (topic: string, messageId: number, changes: object = {}): Packet => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from(String(messageId)),
  qos: 1,
  dup: false,
  retain: false,
  messageId,
  ...changes,
});
