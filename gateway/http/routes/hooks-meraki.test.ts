import { describe, expect, it } from 'vitest';
import type { Message } from '../../../ingest/message.ts';
import { readProblem } from '../../../test/http/requests.ts';
import { startHttp } from '../../../test/http/start.ts';

const secret = 'the-shared-secret-of-meraki';

const startMeraki = async (merakiValidator?: string) => {
  const messages: Message[] = [];
  const { url } = await startHttp({
    accept: async (message) => {
      messages.push(message);
      return { kind: 'accepted', points: 1 };
    },
    hooks: {
      tokens: new Map([['meraki', secret]]),
      ...(merakiValidator === undefined ? {} : { merakiValidator }),
    },
  });
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/hooks/meraki`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  return { url, messages, post };
};

describe('POST /hooks/meraki', () => {
  it('compares the secret in the body and lets it go no further', async () => {
    const { messages, post } = await startMeraki();
    const data = { apMac: '02:00:5e:60:00:01', observations: [] };
    expect((await post(JSON.stringify({ version: '2.0', secret, type: 'DevicesSeen', data }))).status).toBe(
      200,
    );
    expect(messages.map(({ topic, payload }) => [topic, Buffer.from(payload).toString()])).toEqual([
      ['hooks/meraki', JSON.stringify({ version: '2.0', type: 'DevicesSeen', data })],
    ]);
  });

  it('takes it out however it is written, and as often', async () => {
    const { messages, post } = await startMeraki();
    const body = `{"secret":"${secret}","data":{"secret":1},"\\u0073ecret":"${secret}"}`;
    expect((await post(body)).status).toBe(200);
    expect(messages.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['{"data":{"secret":1}}']);
  });

  it.each([
    ['another secret', { secret: `${secret}x` }],
    ['no secret', { data: {} }],
    ['a secret that is no text', { secret: [secret] }],
    ['no object', [secret]],
  ])('refuses %s', async (_, body) => {
    const { messages, post } = await startMeraki();
    const { detail } = await readProblem(await post(JSON.stringify(body)), 401);
    expect(detail).toBe('send the secret of the hook meraki as "secret" in the body');
    expect(messages).toEqual([]);
  });

  it.each([
    ['cut off', `{"secret":"${secret}","data":`],
    ['nothing', ''],
    [
      'nested beyond what can be written again',
      `{"secret":"${secret}","data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ],
  ])('refuses a body that is %s', async (_, body) => {
    const { messages, post } = await startMeraki();
    await readProblem(await post(body), 401);
    expect(messages).toEqual([]);
  });

  it('does not take the secret from a header, where proxies would log it', async () => {
    const { post } = await startMeraki();
    await readProblem(await post('{}', { authorization: `Bearer ${secret}`, 'x-aperto-token': secret }), 401);
  });
});

describe('GET /hooks/meraki', () => {
  it('answers the validator and nothing else', async () => {
    const { url } = await startMeraki('9f86d081884c7d65');
    const response = await fetch(`${url}/hooks/meraki`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('9f86d081884c7d65');
  });

  it('is closed where nobody set it', async () => {
    const { url } = await startMeraki();
    const { detail } = await readProblem(await fetch(`${url}/hooks/meraki`), 403);
    expect(detail).toBe('the hook meraki has no validator: set APERTO_HOOK_MERAKI_VALIDATOR');
  });

  it('is Meraki’s alone', async () => {
    const { url } = await startMeraki('9f86d081884c7d65');
    await readProblem(await fetch(`${url}/hooks/unifi`), 404);
  });
});
