import { describe, expect, test } from 'vitest';
import { bookOf, userCredential, usersOf } from '../test/support/credentials.ts';
import { FailedAttempts, partyOf } from './attempts.ts';
import type { Users } from './authenticate.ts';

const secret = 'a secret of S07 alone';
const peer = { address: '192.0.2.1' };
const attempt = (users: Users, name: string, password: string, from = peer) =>
  users.authenticate({ peer: from, name, secret: password, isGone: () => false });

describe('wrong secrets', () => {
  test('are limited by name and address, and keep nobody else out', async () => {
    const clock = { at: 0, now: () => clock.at };
    const { book } = bookOf(await userCredential('S07', secret), await userCredential('S08', secret));
    const users = usersOf(book, { clock });
    await attempt(users, 'S08', secret);
    for (let time = 0; time < 10; time++)
      expect(await attempt(users, 'S07', `wrong ${time}`)).toMatchObject({ returnCode: 5 });
    const over = { returnCode: 3, reason: 'too many wrong passwords' };
    expect(await attempt(users, 'S07', secret)).toEqual(over);
    expect(users.counts.checks).toBe(11);
    // Other names of the same address, and the same name of another one, are not kept out.
    expect(await attempt(users, 'S08', secret)).toMatchObject({ user: 'S08' });
    expect(await attempt(users, 'S07', secret, { address: '192.0.2.2' })).toMatchObject({ user: 'S07' });
    clock.at += 10_000;
    expect(await attempt(users, 'S07', secret)).toMatchObject({ user: 'S07' });
  });

  test('are limited by address, also under ever new names; who was known comes in', async () => {
    const users = usersOf(bookOf(await userCredential('S07', secret)).book);
    await attempt(users, 'S07', secret);
    const names = Array.from({ length: 110 }, (_, index) => `nobody-${index}`);
    const codes: number[] = [];
    for (const name of names) {
      const outcome = await attempt(users, name, 'x');
      codes.push('returnCode' in outcome ? outcome.returnCode : 0);
    }
    expect(codes).toEqual([...Array(100).fill(5), ...Array(10).fill(3)]);
    expect(await attempt(users, 'S07', secret)).toMatchObject({ user: 'S07' });
  });

  test('are limited for the password that is shared as well', async () => {
    const password = 'a password that all share';
    const users = usersOf(bookOf().book, { password });
    for (let time = 0; time < 100; time++) await attempt(users, `name-${time}`, 'a guess of it');
    expect(await attempt(users, 'another', password)).toMatchObject({ returnCode: 3 });
    expect(await attempt(users, 'another', password, { address: '192.0.2.2' })).toMatchObject({
      role: 'admin',
    });
    expect(users.counts.checks).toBe(0);
  });

  test('of 20,000 addresses take a bounded memory', () => {
    const attempts = new FailedAttempts({ burst: 1, refillMs: 1_000 }, { now: () => 0 });
    for (let index = 0; index < 20_000; index++) attempts.fail(String(index));
    expect(attempts.mayTry('19999')).toBe(false);
    expect(attempts.mayTry('0')).toBe(true);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('of %s count for %s', (address, party) => {
    expect(partyOf(address)).toBe(party);
  });
});
