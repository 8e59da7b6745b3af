import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { Clock } from '../model/clock.ts';
import { ApertoError, messageOf } from '../model/errors.ts';
import { watchFiles } from './watch.ts';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Authorities whose client certificates are believed; clients are asked for one where it is set. */
  readonly ca?: string | undefined;
}

interface TlsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface TlsOptions {
  readonly files: TlsFiles;
  readonly clock: Clock;
  readonly log: TlsLog;
  readonly everyMs?: number;
}

/** What a server takes new certificates by. */
interface Reloadable {
  setSecureContext(options: SecureContextOptions): void;
}

interface Loaded {
  readonly context: SecureContextOptions;
  /** When each of them ends to be valid, epoch milliseconds. */
  readonly notAfter: ReadonlyMap<'server' | 'ca', number>;
}

/** A certificate that ends within this time is told of every day. */
const soonMs = 30 * 24 * 3600 * 1000;
const dayMs = 24 * 3600 * 1000;
const minVersion = 'TLSv1.2';

/** The certificates of all TLS listeners. Files that turn bad leave them as they were. */
export class TlsCertificates {
  readonly #files: TlsFiles;
  readonly #clock: Clock;
  readonly #log: TlsLog;
  readonly #servers = new Set<Reloadable>();
  readonly #stop: () => void;
  readonly #daily: NodeJS.Timeout;
  #loaded: Loaded;

  /** @throws ApertoError `config` for files that cannot be read, are no PEM or do not belong together */
  constructor({ files, clock, log, everyMs }: TlsOptions) {
    this.#files = files;
    this.#clock = clock;
    this.#log = log;
    this.#loaded = load(files);
    this.#tellExpiry();
    const paths = [files.cert, files.key, ...(files.ca === undefined ? [] : [files.ca])];
    this.#stop = watchFiles(paths, () => this.#reload(), everyMs);
    this.#daily = setInterval(() => this.#tellExpiry(), dayMs).unref();
  }

  /** Whether clients are asked for certificates. */
  get isMutual(): boolean {
    return this.#files.ca !== undefined;
  }

  get context(): SecureContextOptions {
    return this.#loaded.context;
  }

  get notAfter(): Loaded['notAfter'] {
    return this.#loaded.notAfter;
  }

  /** The server gets each new certificate without a restart; connections that are open keep theirs. */
  serve(server: Reloadable): void {
    this.#servers.add(server);
  }

  close(): void {
    this.#stop();
    clearInterval(this.#daily);
    this.#servers.clear();
  }

  /** A certificate and its key are two files: between them they do not fit, and the next look finds them whole. */
  #reload(): void {
    try {
      this.#loaded = load(this.#files);
    } catch (error) {
      this.#log.error({}, `the certificates stay as they were: ${messageOf(error)}`);
      return;
    }
    for (const server of this.#servers) server.setSecureContext(this.#loaded.context);
    this.#log.info({}, 'certificates read again');
    this.#tellExpiry();
  }

  #tellExpiry(): void {
    for (const [name, notAfter] of this.#loaded.notAfter) {
      const leftMs = notAfter - this.#clock.now();
      const until = new Date(notAfter).toISOString();
      if (leftMs <= 0) this.#log.error({}, `TLS: the ${name} certificate has expired on ${until}`);
      else if (leftMs < soonMs) this.#log.warn({}, `TLS: the ${name} certificate expires on ${until}`);
    }
  }
}

const load = ({ cert, key, ca }: TlsFiles): Loaded => {
  const certificate = read(cert, '--tls-cert');
  const authority = ca === undefined ? undefined : read(ca, '--tls-ca');
  const context: SecureContextOptions = { cert: certificate, key: read(key, '--tls-key'), minVersion };
  const notAfter = new Map<'server' | 'ca', number>([['server', endOf(certificate, cert, '--tls-cert')]]);
  if (authority !== undefined) {
    context.ca = authority;
    notAfter.set('ca', endOf(authority, ca ?? '', '--tls-ca'));
  }
  try {
    createSecureContext(context);
  } catch (error) {
    throw bad('--tls-cert, --tls-key', `${cert} and ${key} do not fit: ${messageOf(error)}`, error);
  }
  return { context, notAfter };
};

const bad = (flag: string, what: string, cause: unknown): ApertoError =>
  new ApertoError('config', `${flag}: ${what}`, { cause });

const read = (path: string, flag: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw bad(flag, messageOf(error), error);
  }
};

/** Of the first certificate in a file: the server's own, before those that signed it. */
const endOf = (pem: Buffer, path: string, flag: string): number => {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch (error) {
    throw bad(flag, `${path} is no certificate in PEM: ${messageOf(error)}`, error);
  }
};
