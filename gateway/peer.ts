import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Peer } from './identity.ts';

/** A name in a certificate that a credential may bear; Node quotes what has commas or quotes in it. */
const alternative = /^(?:DNS|URI|email):([A-Za-z0-9][A-Za-z0-9_.:@-]{0,129})$/;

/** Names by which a certificate calls its subject: the alternative ones first, then the common name [RFC 6125 §6.4.4]. */
const namesOf = (socket: TLSSocket): readonly string[] => {
  const { subject, subjectaltname = '' } = socket.getPeerCertificate();
  const alternatives = subjectaltname.split(', ').flatMap((part) => alternative.exec(part)?.[1] ?? []);
  const common: unknown = subject?.CN;
  return typeof common === 'string' ? [...alternatives, common] : alternatives;
};

/** Where a connection comes from, and what its TLS has proved. */
export const peerOf = (connection: Duplex, address: string | undefined, guarded: boolean): Peer => {
  const from = address ?? (connection instanceof Socket ? (connection.remoteAddress ?? '') : '');
  if (!(connection instanceof TLSSocket) || !guarded) return { address: from };
  return connection.authorized
    ? { address: from, certified: namesOf(connection), guarded }
    : { address: from, guarded };
};
