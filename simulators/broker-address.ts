import { createHash } from 'node:crypto';
import { ApertoError, messageOf } from '../model/errors.ts';
import { limits } from '../model/limits.ts';

const schemes = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/** @throws ApertoError `usage` when it is no MQTT address */
export const checkBroker = (broker: string): void => {
  const url = URL.canParse(broker) ? new URL(broker) : undefined;
  if (url === undefined || !schemes.includes(url.protocol) || url.hostname === '') {
    throw new ApertoError(
      'usage',
      `"${broker}" is no broker address; write it as mqtt://host:1883, or with mqtts, ws or wss`,
    );
  }
};

/** The error for a broker that does not take the first connection. Names host and port, never a password. */
export const unreachable = (broker: string, why: Error): ApertoError => {
  const { host } = new URL(broker);
  const code = 'code' in why ? why.code : undefined;
  const message =
    typeof code === 'number'
      ? `the MQTT broker at ${host} refuses the connection (${messageOf(why)}); check the password and what it lets in`
      : `no MQTT broker answers at ${host} (${code ?? messageOf(why)}); start one with "aperto up", or name another`;
  return new ApertoError('usage', message, { cause: why, retry: true });
};

/** `{site}-{device}`, cut with a hash of the whole where it would be longer than a client id may be. */
export const clientIdOf = (site: string, device: string): string => {
  const name = `${site}-${device}`;
  if (name.length <= limits.clientIdLengthMax) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, limits.clientIdLengthMax - hash.length - 1)}-${hash}`;
};
