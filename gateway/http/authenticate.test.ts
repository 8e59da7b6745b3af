import { expect, it } from 'vitest';
import { readProblem, readStatus } from '../../test/http/requests.ts';
import { startHttp } from '../../test/http/start.ts';
import { Tokens } from './tokens.ts';

const token = 'a-token-of-this-test';
const get = (url: string, authorization?: string): Promise<Response> =>
  fetch(url, authorization === undefined ? {} : { headers: { authorization } });

it('asks for the token wherever there is data, and on routes that do not exist', async () => {
  const { url } = await startHttp({ tokens: new Tokens({ token }) });
  const data = ['', '/via-rossini', '/via-rossini/now', '/via-rossini/series', '/via-rossini/events'];
  const paths = [
    ...data.map((path) => `/api/v1/sites${path}`),
    '/api/v1/ledger',
    '/api/v1/quarantine',
    '/metrics',
    '/x',
  ];
  for (const path of paths) {
    const refused = await get(url + path);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    const { detail } = await readProblem(refused, 401);
    expect(detail).toBe('send the header "Authorization: Bearer" with the token of this server');
  }
});

it('lets the token in, and no other', async () => {
  const { url } = await startHttp({ tokens: new Tokens({ token }) });
  const path = `${url}/api/v1/sites`;
  for (const given of [`Bearer ${token}`, `bearer  ${token}`])
    expect((await get(path, given)).status).toBe(200);
  for (const given of [
    'Bearer',
    'Bearer ',
    `Bearer ${token}x`,
    `Basic ${token}`,
    token,
    `Bearer ${token} x`,
  ]) {
    await readProblem(await get(path, given), 401);
  }
});

it('leaves open what holds no data', async () => {
  const { url } = await startHttp({ tokens: new Tokens({ token }) });
  for (const path of [
    '/',
    '/health/live',
    '/health/ready',
    '/docs',
    '/docs/json',
    '/docs/static/swagger-ui.css',
  ]) {
    expect(`${path} ${await readStatus(url + path)}`).toBe(`${path} 200`);
  }
  const document: { security?: unknown } = JSON.parse(await (await get(`${url}/docs/json`)).text());
  expect(document.security).toEqual([{ token: [] }]);
});
