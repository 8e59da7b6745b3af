import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach } from 'vitest';
import type { TlsFiles } from '../../gateway/tls.ts';
import {
  type Authority,
  type Certified,
  createAuthority,
  serverSubject,
  writeCertified,
} from './certificates.ts';
import { temporaryDirectory } from './directory.ts';

/** An authority of the test file, and for each test the files of a server that it signed for. */
export class ServerCertificate {
  #authority: Authority | undefined;
  #server: Certified | undefined;
  #directory = '';
  #files: TlsFiles | undefined;

  constructor() {
    beforeAll(async () => {
      this.#authority = await createAuthority('authority of this test');
      this.#server = await this.#authority.issue(serverSubject);
    });
    beforeEach(() => {
      this.#directory = temporaryDirectory();
      if (this.#server !== undefined) this.#files = writeCertified(this.#directory, 'server', this.#server);
    });
  }

  get authority(): Authority {
    return this.#authority ?? missing();
  }

  get directory(): string {
    return this.#directory;
  }

  get files(): TlsFiles {
    return this.#files ?? missing();
  }

  /** The files, with the authority for the certificates of clients. */
  withCa(): TlsFiles {
    const ca = join(this.#directory, 'ca.crt');
    writeFileSync(ca, this.authority.cert);
    return { ...this.files, ca };
  }
}

const missing = (): never => {
  throw new Error('there is a certificate only while a test runs');
};
