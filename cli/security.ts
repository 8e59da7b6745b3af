import { resolve } from 'node:path';
import type { Registry } from 'prom-client';
import { Users } from '../gateway/authenticate.ts';
import type { Broker } from '../gateway/broker.ts';
import { CredentialBook } from '../gateway/credentials/book.ts';
import { generateSecret } from '../gateway/credentials/token.ts';
import { requireLock } from '../gateway/exposure.ts';
import type { HttpServer } from '../gateway/http/server.ts';
import { Tokens } from '../gateway/http/tokens.ts';
import { readSecret } from '../gateway/secret.ts';
import { TlsCertificates } from '../gateway/tls.ts';
import { attachWebSocket } from '../gateway/websocket.ts';
import type { Clock } from '../model/clock.ts';
import { ApertoError } from '../model/errors.ts';
import { credentialsPath } from './credentials/path.ts';
import type { Log } from './log.ts';
import { hostText } from './options.ts';
import { observeSecurity } from './security-metrics.ts';

/** Locks on the doors, as the command line has them. */
export interface SecurityOptions {
  /** File of users and tokens; by default `credentials.json` in the data directory, which need not be there. */
  readonly credentials?: string;
  readonly mqttsPort?: number;
  readonly httpsPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  /** The doors without TLS stay on loopback. */
  readonly tlsOnly?: boolean;
  /** Origins whose pages may read the API. */
  readonly corsOrigin?: readonly string[];
}

interface Surroundings {
  readonly host: string;
  readonly mqttPort: number;
  readonly httpPort: number;
  readonly dataDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
  readonly security?: SecurityOptions;
}

/** Where the doors are. */
export interface Addresses {
  readonly mqtt: string;
  readonly http: string;
  readonly mqtts?: string;
  readonly https?: string;
}

export interface Security {
  readonly users: Users;
  /** For `createHttpServer`. */
  readonly http: {
    readonly tokens: Tokens;
    readonly corsOrigins: readonly string[];
    readonly certificates?: TlsCertificates;
  };
  /** An MQTT password of this run, for what runs in this process. */
  readonly innerPassword: string;
  /** Listens with everything that the options ask for. */
  openDoors(broker: Broker, http: HttpServer): Promise<Addresses>;
  /** To be called before the HTTP server closes. */
  endWebSockets(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads secrets, credentials and certificates, and keeps the last two up to date.
 * @throws ApertoError `config` for a file that is bad, or where the network would reach a door that nobody locked
 */
export const openSecurity = (surroundings: Surroundings): Security => {
  const { host, environment, clock, log, metrics, dataDirectory, security: options = {} } = surroundings;
  checkOptions(options);
  const password = readSecret('APERTO_MQTT_PASSWORD', environment);
  const token = readSecret('APERTO_HTTP_TOKEN', environment);
  const path = credentialsPath(options.credentials, resolve(dataDirectory));
  const book = new CredentialBook({ path, named: options.credentials !== undefined, log });
  try {
    const innerPassword = generateSecret();
    const users = new Users({ clock, book, password, inner: innerPassword });
    const tokens = new Tokens({ token, book });
    const how = `add one with "aperto credentials add"`;
    requireLock(
      host,
      'MQTT',
      users.isLocked,
      `${how}, set APERTO_MQTT_PASSWORD or APERTO_MQTT_PASSWORD_FILE`,
    );
    requireLock(
      host,
      'HTTP',
      tokens.isLocked,
      `${how} --kind token, set APERTO_HTTP_TOKEN or APERTO_HTTP_TOKEN_FILE`,
    );
    const certificates = openCertificates(options, clock, log);
    observeSecurity(metrics, { users, book, certificates });
    const webSockets: (() => void)[] = [];
    return {
      users,
      http: {
        tokens,
        corsOrigins: options.corsOrigin ?? [],
        ...(certificates === undefined ? {} : { certificates }),
      },
      innerPassword,
      openDoors: (broker, http) => {
        const isLocked = (): boolean => users.isLocked;
        for (const server of [http.server, http.secureServer]) {
          if (server !== undefined) webSockets.push(attachWebSocket(server, broker.handle, { isLocked }));
        }
        return listenAll(broker, http, surroundings, certificates);
      },
      endWebSockets: async () => {
        for (const end of webSockets.splice(0)) end();
      },
      close: async () => {
        book.close();
        certificates?.close();
      },
    };
  } catch (error) {
    book.close();
    throw error;
  }
};

/** @throws ApertoError `usage` for options that need each other and are not all there */
const checkOptions = ({
  tlsCert,
  tlsKey,
  tlsCa,
  tlsOnly,
  mqttsPort,
  httpsPort,
  corsOrigin,
}: SecurityOptions): void => {
  const fail = (text: string): never => {
    throw new ApertoError('usage', text);
  };
  const hasPort = mqttsPort !== undefined || httpsPort !== undefined;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) fail('--tls-cert and --tls-key go together');
  if (hasPort && tlsCert === undefined) fail('--mqtts-port and --https-port need --tls-cert and --tls-key');
  if (tlsCert !== undefined && !hasPort)
    fail('--tls-cert: name a port for it with --mqtts-port or --https-port');
  if (tlsCa !== undefined && mqttsPort === undefined)
    fail('--tls-ca is for clients of MQTT: it needs --mqtts-port');
  if (tlsOnly === true && !hasPort) fail('--tls-only: name a port with --mqtts-port or --https-port');
  for (const origin of corsOrigin ?? []) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      fail(`--cors-origin ${origin}: write an origin, such as https://board.example.org`);
  }
};

const openCertificates = (
  { tlsCert, tlsKey, tlsCa }: SecurityOptions,
  clock: Clock,
  log: Log,
): TlsCertificates | undefined =>
  tlsCert === undefined || tlsKey === undefined
    ? undefined
    : new TlsCertificates({ files: { cert: tlsCert, key: tlsKey, ca: tlsCa }, clock, log });

const listenAll = async (
  broker: Broker,
  http: HttpServer,
  { host, mqttPort, httpPort, security: { tlsOnly, mqttsPort, httpsPort } = {} }: Surroundings,
  certificates: TlsCertificates | undefined,
): Promise<Addresses> => {
  const plainHost = tlsOnly === true ? '127.0.0.1' : host;
  const at = (scheme: string, address: { readonly host: string; readonly port: number }): string =>
    `${scheme}://${hostText(address.host)}:${address.port}`;
  const secureMqtt =
    certificates === undefined || mqttsPort === undefined
      ? undefined
      : await broker.listenSecurely(host, mqttsPort, certificates);
  const secureHttp = httpsPort === undefined ? undefined : await http.listenSecurely(host, httpsPort);
  return {
    mqtt: at('mqtt', await broker.listen(plainHost, mqttPort)),
    http: at('http', await http.listen(plainHost, httpPort)),
    ...(secureMqtt === undefined ? {} : { mqtts: at('mqtts', secureMqtt) }),
    ...(secureHttp === undefined ? {} : { https: at('https', secureHttp) }),
  };
};
