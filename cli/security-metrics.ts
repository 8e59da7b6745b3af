import { Gauge, type Registry } from 'prom-client';
import type { Users } from '../gateway/authenticate.ts';
import type { CredentialBook } from '../gateway/credentials/book.ts';
import type { TlsCertificates } from '../gateway/tls.ts';

interface Observed {
  readonly users: Users;
  readonly book: CredentialBook;
  readonly certificates: TlsCertificates | undefined;
}

/** Metrics of the locks, read when somebody asks. */
export const observeSecurity = (registry: Registry, { users, book, certificates }: Observed): void => {
  new Gauge({
    name: 'aperto_mqtt_authentications',
    help: 'Clients of this run that were let in or turned away, and the slow checks of passwords that it took.',
    labelNames: ['result'],
    registers: [registry],
    collect() {
      for (const [result, count] of Object.entries(users.counts)) this.set({ result }, count);
    },
  });
  new Gauge({
    name: 'aperto_credentials',
    help: 'Users and tokens in the file of credentials, those that were revoked too.',
    registers: [registry],
    collect() {
      this.set(book.size);
    },
  });
  if (certificates === undefined) return;
  new Gauge({
    name: 'aperto_tls_certificate_not_after_seconds',
    help: 'When a certificate ends to be valid, in seconds since 1970.',
    labelNames: ['certificate'],
    registers: [registry],
    collect() {
      for (const [certificate, notAfter] of certificates.notAfter) this.set({ certificate }, notAfter / 1000);
    },
  });
};
