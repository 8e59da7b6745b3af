import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 24 * 3600 * 1000;

/** PEM of a certificate and its key. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

export interface Subject {
  readonly commonName: string;
  readonly alternatives?: readonly { readonly type: 'dns' | 'ip' | 'url'; readonly value: string }[];
  /** From now on; negative for one that has expired. */
  readonly days?: number;
}

/** An authority of a test, which signs for servers and clients. */
export interface Authority {
  readonly cert: string;
  issue(subject: Subject): Promise<Certified>;
}

const pemOf = async (key: webcrypto.CryptoKey): Promise<string> => {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
};

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

let serial = 1;

const validity = (days: number) => ({
  notBefore: new Date(Date.now() - 2 * Math.max(1, -days) * dayMs),
  notAfter: new Date(Date.now() + days * dayMs),
  serialNumber: (serial++).toString(16).padStart(4, '0'),
  signingAlgorithm: algorithm,
});

export const createAuthority = async (name: string): Promise<Authority> => {
  const keys = await newKeys();
  const certificate: X509Certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
    ...validity(365),
  });
  return {
    cert: certificate.toString('pem'),
    issue: async ({ commonName, alternatives = [], days = 90 }) => {
      const own = await newKeys();
      const issued = await X509CertificateGenerator.create({
        subject: `CN=${commonName}`,
        issuer: certificate.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new BasicConstraintsExtension(false),
          ...(alternatives.length === 0 ? [] : [new SubjectAlternativeNameExtension([...alternatives])]),
        ],
        ...validity(days),
      });
      return { cert: issued.toString('pem'), key: await pemOf(own.privateKey) };
    },
  };
};

/** One that servers on loopback may show. */
export const serverSubject: Subject = {
  commonName: 'localhost',
  alternatives: [
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ],
};

/** Writes both parts into a directory and tells where. */
export const writeCertified = (directory: string, name: string, { cert, key }: Certified) => {
  const files = { cert: join(directory, `${name}.crt`), key: join(directory, `${name}.key`) };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  return files;
};
