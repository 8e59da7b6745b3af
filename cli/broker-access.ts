import { readFileSync } from 'node:fs';
import { readSecret } from '../gateway/secret.ts';
import type { BrokerAccess } from '../ingest/subscribe/access.ts';
import { ApertoError, messageOf } from '../model/errors.ts';

const schemes = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/**
 * The broker that `--broker` names, with APERTO_BROKER_USERNAME, APERTO_BROKER_PASSWORD (or …_FILE) and, for TLS, the
 * PEM files of APERTO_BROKER_CA_FILE, APERTO_BROKER_CERT_FILE and APERTO_BROKER_KEY_FILE.
 * @throws ApertoError `usage` for an address that is none or that holds a password, `config` for a file
 */
export const readBrokerAccess = (address: string, environment: NodeJS.ProcessEnv): BrokerAccess => {
  const url = parseAddress(address);
  const { APERTO_BROKER_USERNAME: username = '' } = environment;
  const password = readSecret('APERTO_BROKER_PASSWORD', environment);
  const [ca, cert, key] = ['CA', 'CERT', 'KEY'].map((part) =>
    readPem(`APERTO_BROKER_${part}_FILE`, environment),
  );
  const isEncrypted = url.protocol === 'mqtts:' || url.protocol === 'wss:';
  if (!isEncrypted && (ca ?? cert ?? key) !== undefined) {
    throw new ApertoError(
      'config',
      `--broker ${address}: there are certificates for it, but it is not mqtts: or wss:`,
    );
  }
  return {
    url: url.href.replace(/\/$/, ''),
    ...(username === '' ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isEncrypted
      ? {
          tls: {
            ...(ca === undefined ? {} : { ca }),
            ...(cert === undefined ? {} : { cert }),
            ...(key === undefined ? {} : { key }),
          },
        }
      : {}),
  };
};

const parseAddress = (address: string): URL => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !schemes.includes(url.protocol) || url.hostname === '') {
    throw new ApertoError(
      'usage',
      `--broker ${address}: no address of a broker; write mqtt://HOST:PORT or mqtts://HOST:PORT`,
    );
  }
  // The command line is for everybody on this machine to read.
  if (url.username !== '' || url.password !== '') {
    throw new ApertoError(
      'usage',
      `--broker ${url.protocol}//…@${url.host}: leave out user and password; set APERTO_BROKER_USERNAME and APERTO_BROKER_PASSWORD_FILE`,
    );
  }
  return url;
};

const readPem = (name: string, environment: NodeJS.ProcessEnv): Buffer | undefined => {
  const file = environment[name] ?? '';
  if (file === '') return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ApertoError('config', `${name}: ${messageOf(error)}`, { cause: error });
  }
};
