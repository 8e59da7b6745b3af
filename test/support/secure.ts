import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { Users } from '../../gateway/authenticate.ts';
import type { BrokerRules } from '../../gateway/broker-rules.ts';
import { TlsCertificates, type TlsFiles } from '../../gateway/tls.ts';
import { brokerOf } from './gateway.ts';

/** Certificates of the running test, which are looked at often, and what their log was told. */
export const certificatesOf = (of: TlsFiles) => {
  const lines: string[] = [];
  const tell = (_fields: object, line: string): void => void lines.push(line);
  const log = { info: tell, warn: tell, error: tell };
  const clock = { now: () => Date.now() };
  const certificates = new TlsCertificates({ files: of, clock, log, everyMs: 20 });
  onTestFinished(() => certificates.close());
  return { certificates, lines };
};

/** A broker that listens with TLS, and what its log was told of the certificates. */
export const listenOf = async (of: TlsFiles, users?: Users, rules?: Partial<BrokerRules>) => {
  const { certificates, lines } = certificatesOf(of);
  const gateway = await brokerOf({
    ...(users === undefined ? {} : { users }),
    ...(rules === undefined ? {} : { rules }),
  });
  const { port } = await gateway.broker.listenSecurely('127.0.0.1', 0, certificates);
  return { ...gateway, port, certificates, lines };
};

export const connectSecurely = async (
  port: number,
  ca: string,
  options: IClientOptions = {},
): Promise<MqttClient> => {
  const url = `mqtts://localhost:${port}`;
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ca, ...options });
  client.on('error', () => undefined);
  onTestFinished(() => client.endAsync(true));
  return client;
};

/** A handshake alone. */
export const shakeHands = (port: number, ca: string, options: ConnectionOptions = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca, ...options }, () => resolve(socket));
    onTestFinished(() => void socket.destroy());
    socket.on('error', reject).resume();
  });
