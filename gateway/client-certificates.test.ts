import { describe, expect, test, vi } from 'vitest';
import { createAuthority } from '../test/support/certificates.ts';
import { bookOf, certificateCredential, userCredential, usersOf } from '../test/support/credentials.ts';
import { connectSecurely, listenOf, shakeHands } from '../test/support/secure.ts';
import { ServerCertificate } from '../test/support/server-certificate.ts';
import type { Users } from './authenticate.ts';

const own = 'aperto/1/via-rossini/seat/S07';
const certificate = new ServerCertificate();

describe('client certificates', () => {
  const names = ['S07.example.org', 'S07'] as const;
  const usersWith = async (): Promise<Users> =>
    usersOf(
      bookOf(
        certificateCredential('S07.example.org', [own]),
        certificateCredential('S07', [own]),
        await userCredential('S08', 'a secret of S08 alone'),
      ).book,
    );

  test.each([
    ['the alternative name', { commonName: 'x', alternatives: [{ type: 'dns', value: names[0] }] }],
    ['the common name', { commonName: names[1] }],
  ] as const)('name the user by %s', async (_way, subject) => {
    const { port, accepted } = await listenOf(certificate.withCa(), await usersWith());
    const client = await connectSecurely(port, certificate.authority.cert, {
      ...(await certificate.authority.issue(subject)),
      protocolVersion: 5,
    });
    await client.publishAsync(own, 'x', { qos: 1 });
    await expect(client.publishAsync(`${own}8`, 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 });
    expect(accepted.map(({ topic }) => topic)).toEqual([own]);
  });

  test('of another authority, or out of date, are turned away', async () => {
    const { port, warnings } = await listenOf(certificate.withCa(), await usersWith());
    const stranger = await createAuthority('another authority');
    for (const certified of [
      await stranger.issue({ commonName: 'S07' }),
      await certificate.authority.issue({ commonName: 'S07', days: -1 }),
    ]) {
      const socket = await shakeHands(port, certificate.authority.cert, certified);
      socket.on('error', () => undefined);
      await vi.waitFor(() => expect(socket.closed).toBe(true));
    }
    expect(warnings.filter((line) => line.startsWith('client certificate not accepted'))).toHaveLength(2);
  });

  test('of nobody that is known open nothing, and a user name must be the certificate’s', async () => {
    const { port } = await listenOf(certificate.withCa(), await usersWith());
    const refused = { code: 5 };
    const known = await certificate.authority.issue({ commonName: 'S07' });
    await expect(
      connectSecurely(
        port,
        certificate.authority.cert,
        await certificate.authority.issue({ commonName: 'S99' }),
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      connectSecurely(port, certificate.authority.cert, { ...known, username: 'S08', password: 'x' }),
    ).rejects.toMatchObject(refused);
    await connectSecurely(port, certificate.authority.cert, { ...known, username: 'S07' });
  });

  test('may be absent where a password is there, and a password opens no certificate’s user', async () => {
    const { port } = await listenOf(certificate.withCa(), await usersWith());
    await connectSecurely(port, certificate.authority.cert, {
      username: 'S08',
      password: 'a secret of S08 alone',
    });
    await expect(
      connectSecurely(port, certificate.authority.cert, { username: 'S07', password: 'x' }),
    ).rejects.toMatchObject({
      code: 5,
    });
    await expect(connectSecurely(port, certificate.authority.cert)).rejects.toMatchObject({ code: 5 });
  });

  test('are asked for also where no users are', async () => {
    const { port, accepted } = await listenOf(certificate.withCa());
    await expect(connectSecurely(port, certificate.authority.cert)).rejects.toMatchObject({ code: 5 });
    const client = await connectSecurely(
      port,
      certificate.authority.cert,
      await certificate.authority.issue({ commonName: 'anybody' }),
    );
    await client.publishAsync(own, 'x', { qos: 1 });
    expect(accepted).toHaveLength(1);
  });

  test('of a revoked user let nobody in', async () => {
    const revoked = { ...certificateCredential('S07', [own]), revoked: '2026-06-24T08:00:00.000Z' };
    const { port } = await listenOf(certificate.withCa(), usersOf(bookOf(revoked).book));
    const certified = await certificate.authority.issue({ commonName: 'S07' });
    await expect(connectSecurely(port, certificate.authority.cert, certified)).rejects.toMatchObject({
      code: 5,
    });
  });
});
