import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { serverSubject, writeCertified } from '../test/support/certificates.ts';
import { bookOf, userCredential, usersOf } from '../test/support/credentials.ts';
import { RawClient } from '../test/support/gateway.ts';
import { certificatesOf, connectSecurely, listenOf, shakeHands } from '../test/support/secure.ts';
import { ServerCertificate } from '../test/support/server-certificate.ts';

const own = 'aperto/1/via-rossini/seat/S07';
const certificate = new ServerCertificate();

describe('MQTT over TLS', () => {
  test('takes a user and its secret', async () => {
    const { book } = bookOf(await userCredential('S07', 'a secret of S07 alone'));
    const { port, accepted } = await listenOf(certificate.files, usersOf(book));
    const client = await connectSecurely(port, certificate.authority.cert, {
      username: 'S07',
      password: 'a secret of S07 alone',
    });
    await client.publishAsync(own, 'x', { qos: 1 });
    expect(accepted.map(({ topic }) => topic)).toEqual([own]);
    await expect(
      connectSecurely(port, certificate.authority.cert, { username: 'S07', password: 'wrong' }),
    ).rejects.toMatchObject({
      code: 5,
    });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    const { port } = await listenOf(certificate.files);
    const socket = await shakeHands(port, certificate.authority.cert, {
      minVersion: version,
      maxVersion: version,
    });
    expect(socket.getProtocol()).toBe(version);
  });

  test('speaks nothing older, and not without TLS', async () => {
    const { port, warnings } = await listenOf(certificate.files);
    await expect(
      shakeHands(port, certificate.authority.cert, {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/PROTOCOL_VERSION/) });
    const plain = new RawClient(port);
    plain.send({ cmd: 'connect', clientId: 'a', protocolId: 'MQTT', protocolVersion: 4, keepalive: 0 });
    await plain.ended();
    await vi.waitFor(() => expect(warnings.join()).toContain('TLS: no handshake'));
  });
});

describe('handshakes', () => {
  test('that nobody ends do not hold up the end of the broker', async () => {
    const { port, broker } = await listenOf(certificate.files);
    const silent = new RawClient(port);
    await vi.waitFor(() => expect(silent.socket.pending).toBe(false));
    const client = await connectSecurely(port, certificate.authority.cert);
    const began = performance.now();
    await broker.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    await silent.ended();
    expect(client.connected).toBe(false);
  });

  test('are limited by address before they begin', async () => {
    const rules = { connectionsPerAddressMax: 3, isExempt: () => false };
    const { port, warnings } = await listenOf(certificate.files, undefined, rules);
    const silent = [1, 2, 3].map(() => new RawClient(port));
    await vi.waitFor(() => expect(silent.every(({ socket }) => !socket.pending)).toBe(true));
    const [first] = silent;
    const over = new RawClient(port);
    await over.ended();
    expect(warnings[0]).toBe('MQTT connection refused: there are too many connections from 127.0.0.1');
    expect(silent.some(({ closed }) => closed)).toBe(false);
    first?.socket.destroy();
    await vi.waitFor(() => shakeHands(port, certificate.authority.cert));
  });
});

describe('certificates that change', () => {
  const shown = async (port: number): Promise<string> =>
    (await shakeHands(port, certificate.authority.cert)).getPeerX509Certificate()?.serialNumber ?? '';

  test('are taken without a restart, and open connections stay', async () => {
    const { port, lines } = await listenOf(certificate.files);
    const client = await connectSecurely(port, certificate.authority.cert);
    const before = await shown(port);
    writeCertified(certificate.directory, 'server', await certificate.authority.issue(serverSubject));
    await vi.waitFor(() => expect(lines.at(-1)).toBe('certificates read again'));
    expect(await shown(port)).not.toBe(before);
    await client.publishAsync(own, 'x', { qos: 1 });
  });

  test('stay as they were where the new ones are bad', async () => {
    const { port, lines } = await listenOf(certificate.files);
    const before = await shown(port);
    const other = await certificate.authority.issue(serverSubject);
    const bad = async (spoil: () => void, why: string): Promise<void> => {
      spoil();
      await vi.waitFor(() => expect(lines.at(-1)).toContain(why));
      expect(lines.at(-1)).toContain('the certificates stay as they were');
      expect(await shown(port)).toBe(before);
    };
    await bad(() => writeFileSync(certificate.files.cert, 'no PEM'), 'is no certificate in PEM');
    await bad(() => writeFileSync(certificate.files.cert, other.cert), 'do not fit');
    await bad(() => rmSync(certificate.files.key), '--tls-key: ENOENT');
    writeCertified(certificate.directory, 'server', other);
    await vi.waitFor(() => expect(lines.at(-1)).toBe('certificates read again'));
    expect(await shown(port)).not.toBe(before);
  });

  test('that end soon, or have ended, are told of, and when is known', async () => {
    const soon = await certificate.authority.issue({ ...serverSubject, days: 29 });
    const { certificates, lines } = certificatesOf(writeCertified(certificate.directory, 'soon', soon));
    expect(lines).toEqual([expect.stringMatching(/^TLS: the server certificate expires on 20/)]);
    expect(((certificates.notAfter.get('server') ?? 0) - Date.now()) / 86_400_000).toBeCloseTo(29, 1);
    const past = await certificate.authority.issue({ ...serverSubject, days: -1 });
    expect(certificatesOf(writeCertified(certificate.directory, 'past', past)).lines).toEqual([
      expect.stringMatching(/^TLS: the server certificate has expired on 20/),
    ]);
    expect(certificatesOf(certificate.withCa()).lines).toEqual([]);
  });

  test.each(['cert', 'key', 'ca'] as const)('that are not there are named by their flag: %s', (which) => {
    const bad = { ...certificate.withCa(), [which]: join(certificate.directory, 'missing.pem') };
    expect(() => certificatesOf(bad)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringContaining(`--tls-${which}: `) }),
    );
  });
});
