import mqtt, { type MqttClient } from 'mqtt';
import { limits } from '../../model/limits.ts';
import type { BrokerAccess, Timings } from './access.ts';

export interface ConnectionOptions extends BrokerAccess {
  readonly clientId: string;
  /** The broker keeps subscriptions and messages while we are away. */
  readonly keepsSession: boolean;
  /** Unacknowledged QoS 1 messages that the broker may send. */
  readonly receiveMaximum: number;
  readonly timings: Timings;
}

/** A client of one connection: it does not come back by itself, and what it cannot send it does not keep. */
export const openClient = ({
  url,
  clientId,
  keepsSession,
  receiveMaximum,
  timings,
  ...access
}: ConnectionOptions): MqttClient =>
  mqtt.connect(url, {
    clientId,
    protocolVersion: 5,
    clean: !keepsSession,
    keepalive: timings.keepaliveS,
    connectTimeout: timings.answerTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    properties: {
      receiveMaximum,
      maximumPacketSize: limits.packetBytesMax,
      ...(keepsSession ? { sessionExpiryInterval: timings.sessionExpiryS } : {}),
    },
    ...(access.username === undefined ? {} : { username: access.username }),
    ...(access.password === undefined ? {} : { password: access.password }),
    ...access.tls,
  });

/** Normal disconnection: the session expires when CONNECT said, or now [MQTT5 §3.14.2.2.2]. */
export const goodbye = { keep: Buffer.from('e000', 'hex'), forget: Buffer.from('e00700051100000000', 'hex') };
