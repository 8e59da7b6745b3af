import { writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { bookOf, userCredential, usersOf } from '../test/support/credentials.ts';
import { brokerOf, connect, publish, RawClient } from '../test/support/gateway.ts';
import { Users } from './authenticate.ts';
import { chosenCost, hashSecret } from './credentials/scrypt.ts';

const secret = 'a secret of S07 alone';
const peer = { address: '192.0.2.1' };
const attempt = (users: Users, name: string | undefined, password: string | undefined, from = peer) =>
  users.authenticate({ peer: from, name, secret: password, isGone: () => false });
const versions = [4, 5] as const;

describe('who may come in', () => {
  test('the user with its own secret, and nobody else', async () => {
    const users = usersOf(bookOf(await userCredential('S07', secret)).book);
    expect(await attempt(users, 'S07', secret)).toMatchObject({ user: 'S07', role: 'device' });
    for (const [name, password] of [
      ['S07', 'another secret'],
      ['S07', ''],
      ['S07', undefined],
      ['S08', secret],
      [undefined, secret],
      ['constructor', secret],
    ] as const) {
      expect([name, await attempt(users, name, password)]).toMatchObject([name, { returnCode: 5 }]);
    }
    expect(users.counts).toMatchObject({ admitted: 1, refused: 6 });
  });

  test('a password that is shared opens every name but those of users', async () => {
    const password = 'correct horse battery';
    const { book, write } = bookOf(await userCredential('S07', secret));
    const users = usersOf(book, { password });
    expect(await attempt(users, 'anything', password)).toMatchObject({ user: undefined, role: 'admin' });
    expect(await attempt(users, undefined, password)).toMatchObject({ user: undefined });
    expect(await attempt(users, 'S07', password)).toMatchObject({ returnCode: 5 });
    expect(await attempt(users, 'S07', secret)).toMatchObject({ user: 'S07' });
    const { hash: _, ...rest } = await userCredential('S07', secret);
    write({ ...rest, revoked: '2026-06-24T08:00:00.000Z' });
    await vi.waitFor(() => expect(users.has('S07')).toBe(false));
    expect(await attempt(users, 'S07', password)).toMatchObject({ returnCode: 5 });
  });

  test('what runs in this process, under every name, and its password locks nothing', async () => {
    const inner = 'a password of this run alone';
    const clock = { now: () => 0 };
    const users = new Users({ clock, inner, book: bookOf(await userCredential('S07', secret)).book });
    for (const name of ['S07', 'S08', undefined])
      expect(await attempt(users, name, inner)).toMatchObject({ user: undefined, role: 'admin' });
    expect(new Users({ clock, inner }).isLocked).toBe(false);
  });

  test('everybody where there are no users and no password', async () => {
    const { book, write } = bookOf();
    const users = usersOf(book);
    expect(users.isLocked).toBe(false);
    expect(await attempt(users, undefined, undefined)).toMatchObject({ role: 'admin' });
    write(await userCredential('S07', secret));
    await vi.waitFor(() => expect(users.isLocked).toBe(true));
    expect(await attempt(users, undefined, undefined)).toMatchObject({ returnCode: 5 });
    // The last key that is taken away opens nothing.
    write();
    await vi.waitFor(() => expect(users.has('S07')).toBe(false));
    expect(await attempt(users, undefined, undefined)).toMatchObject({ returnCode: 5 });
  });

  test('a secret that a person chose costs more, and works', async () => {
    const hash = await hashSecret('chosen by a person', chosenCost);
    expect(hash).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/);
    const users = usersOf(bookOf(await userCredential('anna', '', { hash })).book);
    expect(await attempt(users, 'anna', 'chosen by a person')).toMatchObject({ user: 'anna' });
    expect(await attempt(users, 'anna', 'chosen by a persoN')).toMatchObject({ returnCode: 5 });
  });
});

describe('what it costs', () => {
  test('10,000 connections of a hundred devices that come back cost a hundred scrypts', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `S${index}`);
    const users = usersOf(
      bookOf(...(await Promise.all(names.map((name) => userCredential(name, `the secret of ${name}`))))).book,
    );
    for (let round = 0; round < 100; round++) {
      const outcomes = await Promise.all(names.map((name) => attempt(users, name, `the secret of ${name}`)));
      expect(outcomes.filter((outcome) => 'returnCode' in outcome)).toEqual([]);
    }
    expect(users.counts).toEqual({ admitted: 10_000, refused: 0, checks: 100 });
  });

  test('a wrong secret of a user that is known costs no scrypt at all', async () => {
    const users = usersOf(bookOf(await userCredential('S07', secret)).book);
    await attempt(users, 'S07', secret);
    await attempt(users, 'S07', 'wrong');
    expect(users.counts).toEqual({ admitted: 1, refused: 1, checks: 1 });
  });

  test('nothing is computed for those who went away while they waited', async () => {
    const users = usersOf(bookOf(await userCredential('S07', secret)).book);
    const gone = () => users.authenticate({ peer, name: 'S07', secret: 'wrong', isGone: () => true });
    const outcomes = await Promise.all([gone(), gone(), gone(), gone()]);
    expect(outcomes.map((outcome) => 'returnCode' in outcome && outcome.returnCode)).toEqual([5, 5, 3, 3]);
    expect(users.counts.checks).toBe(2);
  });

  test('more than 4,000 at once are told to come again', async () => {
    const users = usersOf(bookOf(await userCredential('S07', secret)).book);
    let isGone = false;
    const all = Array.from({ length: 4_010 }, (_, index) =>
      users.authenticate({
        peer: { address: `10.0.${index >> 8}.${index & 255}` },
        name: 'S07',
        secret: `wrong ${index}`,
        isGone: () => isGone,
      }),
    );
    const busy = Promise.all(all.slice(-8));
    expect(await busy).toEqual(Array(8).fill({ returnCode: 3, reason: 'too many clients at once' }));
    isGone = true;
    await Promise.all(all);
    expect(users.counts.checks).toBeLessThan(10);
  });
});

describe.each(versions)('over a socket, v%d', (version) => {
  const as = (username: string, password: string) => ({ username, password: Buffer.from(password) });

  test('CONNACK says why', async () => {
    const { book } = bookOf(await userCredential('S07', secret));
    const { port, warnings } = await brokerOf({ users: usersOf(book) });
    const codeOf = async (username: string, password: string) => {
      const client = await new RawClient(port, version).connect('a', as(username, password));
      const [connack] = client.packets;
      return connack?.cmd === 'connack' ? (connack.reasonCode ?? connack.returnCode) : undefined;
    };
    expect(await codeOf('S07', secret)).toBe(0);
    for (let time = 0; time < 10; time++) expect(await codeOf('S07', 'wrong')).toBe(version === 5 ? 0x87 : 5);
    expect(await codeOf('S07', 'wrong')).toBe(version === 5 ? 0x88 : 3);
    expect(await codeOf('S07', secret)).toBe(0);
    expect(warnings).toContain('MQTT connection closed: wrong user name or password');
    expect(warnings.join('')).not.toContain(secret);
  });

  test.each(['revoked', 'rotated', 'gone'])('a credential that was %s ends its connection', async (how) => {
    const device = await userCredential('S07', secret);
    const neighbour = await userCredential('S08', secret);
    const { book, write } = bookOf(device, neighbour);
    const { port, refused, accepted } = await brokerOf({ users: usersOf(book) });
    const topic = 'aperto/1/via-rossini/status/S07';
    const will = { topic, payload: Buffer.from('gone'), qos: 1, retain: false };
    const client = await new RawClient(port, version).connect('a', { ...as('S07', secret), will });
    const other = await new RawClient(port, version).connect('b', as('S08', secret));
    if (how === 'gone') write(neighbour);
    else if (how === 'rotated') write(await userCredential('S07', 'a new secret of S07'), neighbour);
    else {
      const { hash: _, ...rest } = device;
      write({ ...rest, revoked: '2026-06-24T08:00:00.000Z' }, neighbour);
    }
    await client.ended();
    if (version === 5) expect(client.packets.at(-1)).toMatchObject({ cmd: 'disconnect', reasonCode: 0x98 });
    expect(other.closed).toBe(false);
    // The will of one that may not speak any more is not said.
    await vi.waitFor(() => expect(accepted.length + refused.length).toBe(1));
    expect(refused).toEqual(how === 'rotated' ? [] : [['not_authorised', 1]]);
    const again = await new RawClient(port, version).connect('a', as('S07', secret));
    expect(again.packets).not.toMatchObject([{ returnCode: 0 }]);
    await again.ended();
  });
});

test('the first user of a file that came to be ends those who came in unasked', async () => {
  const { book, write } = bookOf();
  const { port } = await brokerOf({ users: usersOf(book) });
  const client = await new RawClient(port, 5).connect('a');
  write(await userCredential('S07', secret));
  await client.ended();
  await expect(connect(port)).rejects.toMatchObject({ code: 5 });
});

test('a file that turns bad, or goes away, changes nothing', async () => {
  const { book, path, lines, write } = bookOf(await userCredential('S07', secret));
  const { port } = await brokerOf({ users: usersOf(book) });
  const client = await new RawClient(port, 5).connect('a', {
    username: 'S07',
    password: Buffer.from(secret),
  });
  writeFileSync(path, '{"version":1,"credentials":[');
  await vi.waitFor(() =>
    expect(lines.at(-1)).toBe(`the credentials stay as they were: credentials file ${path}: not JSON`),
  );
  client.send(publish('aperto/1/via-rossini/seat/S07', 1));
  await vi.waitFor(() => expect(client.packets.at(-1)).toMatchObject({ cmd: 'puback' }));
  expect(await attempt(usersOf(book), 'S07', secret)).toMatchObject({ user: 'S07' });
  write();
  await client.ended();
});
