import { expect, it } from 'vitest';
import { readProblem } from '../../test/http/requests.ts';
import { startHttp } from '../../test/http/start.ts';
import { bookOf, tokenCredential } from '../../test/support/credentials.ts';
import { Tokens } from './tokens.ts';

const limits = {
  requestsPerMinuteMax: 5,
  strangerRequestsPerMinuteMax: 3,
  hookRequestsPerMinuteMax: 4,
};
const names = ['one', 'two'] as const;
const book = () => bookOf(...names.map((name) => tokenCredential(name, `the-token-${name}`, 'read'))).book;

/** Statuses of so many requests, one after the other. */
const statuses = async (count: number, ask: () => Promise<Response>): Promise<number[]> => {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await ask()).status);
  return all;
};

it('limits each token by itself, and says when to ask again', async () => {
  const { url } = await startHttp({ limits, tokens: new Tokens({ book: book() }) });
  const as = (name: string) => () =>
    fetch(`${url}/api/v1/sites`, { headers: { authorization: `Bearer the-token-${name}` } });
  for (const name of names) expect(await statuses(6, as(name))).toEqual([200, 200, 200, 200, 200, 429]);
  const response = await as('one')();
  const retryAfterS = Number(response.headers.get('retry-after'));
  expect(retryAfterS).toBeGreaterThan(50);
  expect(retryAfterS).toBeLessThanOrEqual(60);
  expect((await readProblem(response, 429)).detail).toBe(`too many requests; ask again in ${retryAfterS} s`);
});

it('limits an address without a token, also on what is open and on what is not there', async () => {
  const { url } = await startHttp({ limits, tokens: new Tokens({ book: book() }) });
  const paths = ['/health/live', '/api/v1/sites', '/nothing', '/health/live', '/api/v1/sites'];
  const all: number[] = [];
  for (const path of paths) all.push((await fetch(url + path)).status);
  expect(all).toEqual([200, 401, 401, 429, 429]);
  // Guessing tokens counts as having none; who has one is not kept out by others of its address.
  const guess = await fetch(`${url}/api/v1/sites`, { headers: { authorization: 'Bearer guess' } });
  expect(guess.status).toBe(429);
  const known = await fetch(`${url}/api/v1/sites`, { headers: { authorization: 'Bearer the-token-one' } });
  expect(known.status).toBe(200);
});

it('limits an address of a server that asks for no token', async () => {
  const { url } = await startHttp({ limits });
  expect(await statuses(6, () => fetch(`${url}/api/v1/sites`))).toEqual([200, 200, 200, 200, 200, 429]);
});

it('limits webhooks apart', async () => {
  const { url } = await startHttp({ limits, hooks: { tokens: new Map([['unifi', 'the-secret-of-unifi']]) } });
  const post = (secret: string) => () =>
    fetch(`${url}/hooks/unifi`, { method: 'POST', headers: { 'x-aperto-token': secret }, body: '{}' });
  expect(await statuses(2, post('wrong'))).toEqual([401, 401]);
  expect(await statuses(3, post('the-secret-of-unifi'))).toEqual([200, 200, 429]);
  expect((await fetch(`${url}/api/v1/sites`)).status).toBe(200);
});
