import { expect, it } from 'vitest';
import { startHttp } from '../../test/http/start.ts';
import { Tokens } from './tokens.ts';

const board = 'https://board.example.org';
const preflight = (url: string, origin: string, method = 'GET') =>
  fetch(`${url}/api/v1/sites`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization',
    },
  });
const tokens = new Tokens({ token: 'a-token-of-this-test' });

it('lets no page of another origin read anything unless it was named', async () => {
  const { url } = await startHttp({ tokens });
  for (const response of [
    await preflight(url, board),
    await fetch(`${url}/health/live`, { headers: { origin: board } }),
    await fetch(`${url}/api/v1/sites`, { headers: { origin: url } }),
  ]) {
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

it('lets pages of the origins that were named send a token, without cookies', async () => {
  const { url } = await startHttp({ tokens, corsOrigins: [board] });
  const { status, headers } = await preflight(url, board);
  expect(status).toBe(204);
  expect(Object.fromEntries(headers)).toMatchObject({
    'access-control-allow-origin': board,
    'access-control-allow-methods': 'GET, HEAD, POST',
    'access-control-allow-headers': 'authorization, content-type, last-event-id',
  });
  expect(headers.has('access-control-allow-credentials')).toBe(false);
  const answer = await fetch(`${url}/api/v1/sites`, {
    headers: { origin: board, authorization: 'Bearer a-token-of-this-test' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe(board);
  expect(answer.headers.get('vary')).toContain('Origin');
});

it.each([
  'https://evil.example',
  'https://board.example.org.evil.example',
  'http://board.example.org',
  'null',
])('and none of %s', async (origin) => {
  const { url } = await startHttp({ tokens, corsOrigins: [board] });
  for (const response of [
    await preflight(url, origin),
    await fetch(`${url}/health/live`, { headers: { origin } }),
  ]) {
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  }
});
