import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Message, Outcome } from '../../../ingest/message.ts';
import { ApertoError } from '../../../model/errors.ts';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { startHttp, startOfTest } from '../../../test/http/start.ts';
import { type HookSource, hookSources } from '../hooks/source.ts';
import { Tokens } from '../tokens.ts';
import { outcomeSchema } from './hooks.ts';

const secretOf = (source: HookSource): string => `the-secret-of-${source}`;

/** The HTTP edge with a secret for every hook, and what got through it. */
const startHooks = async (answer: (message: Message) => Promise<Outcome>, serverToken?: string) => {
  const messages: Message[] = [];
  const started = await startHttp({
    accept: (message) => {
      messages.push(message);
      return answer(message);
    },
    hooks: {
      tokens: new Map(hookSources.map((source) => [source, secretOf(source)])),
      merakiValidator: 'f00ba4-validator',
    },
    ...(serverToken === undefined ? {} : { tokens: new Tokens({ token: serverToken }) }),
  });
  const post = (path: string, headers: Record<string, string>, body: string | Uint8Array = '{}') =>
    fetch(`${started.url}/hooks/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  return { ...started, messages, post };
};

const accepted = async (): Promise<Outcome> => ({ kind: 'accepted', points: 3 });
const signed = (body: string, secret: string) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

describe('POST /hooks/{source}', () => {
  it.each(['chirpstack', 'tts', 'unifi', 'ngsi'] as const)('lets %s in with its token', async (source) => {
    const { messages, post } = await startHooks(accepted);
    const secret = secretOf(source);
    for (const headers of [{ authorization: `Bearer ${secret}` }, { 'x-aperto-token': secret }]) {
      const answer = await readJson(await post(source, headers, '{"a":1}'), outcomeSchema);
      expect(answer).toEqual({ outcome: 'accepted', points: 3 });
    }
    expect(messages).toEqual(
      [1, 2].map(() => ({
        topic: `hooks/${source}`,
        payload: Buffer.from('{"a":1}'),
        qos: 1,
        receivedAt: startOfTest,
        origin: `hook:${source}`,
      })),
    );
  });

  it('lets The Things Stack in with the key by which it may be answered, and nobody else', async () => {
    const { post } = await startHooks(accepted);
    const key = (source: HookSource) => post(source, { 'x-downlink-apikey': secretOf(source) });
    expect((await key('tts')).status).toBe(200);
    await readProblem(await key('unifi'), 401);
  });

  it('lets a signature over the body in, for any source, and none over another body', async () => {
    const { messages, post } = await startHooks(accepted);
    const body = '{ "data" : [ "è" ] }';
    for (const source of hookSources) {
      const headers = signed(body, secretOf(source));
      expect(`${source} ${(await post(source, headers, body)).status}`).toBe(`${source} 200`);
      await readProblem(await post(source, headers, `${body} `), 401);
      await readProblem(await post(source, signed(body, 'the-secret-of-nobody'), body), 401);
      await readProblem(await post(source, { 'x-hub-signature-256': 'sha256=00' }, body), 401);
    }
    expect(messages.map(({ payload }) => Buffer.from(payload).toString())).toEqual(
      hookSources.map(() => body),
    );
  });

  it('refuses a wrong secret, another source’s, and none, each in one line that says where it goes', async () => {
    const { messages, post } = await startHooks(accepted);
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { 'x-aperto-token': secretOf('tts') }]) {
      const response = await post('unifi', headers);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect((await readProblem(response, 401)).detail).toBe(
        'send the secret of the hook unifi as the header "Authorization: Bearer" or "X-Aperto-Token"',
      );
    }
    expect(messages).toEqual([]);
  });

  it('asks for nothing of the server’s own token, and does not take it', async () => {
    const token = 'the-token-of-this-server';
    const { post } = await startHooks(accepted, token);
    expect((await post('unifi', { 'x-aperto-token': secretOf('unifi') })).status).toBe(200);
    await readProblem(await post('unifi', { authorization: `Bearer ${token}` }), 401);
  });

  it('is closed without a secret, on loopback too, and says which setting opens it', async () => {
    const { url } = await startHttp();
    const response = await fetch(`${url}/hooks/ngsi`, { method: 'POST', body: '{}' });
    expect((await readProblem(response, 403)).detail).toBe(
      'the hook ngsi is closed: set APERTO_HOOK_NGSI_TOKEN or APERTO_HOOK_NGSI_TOKEN_FILE',
    );
  });

  it('names the hooks that there are', async () => {
    const { post } = await startHooks(accepted);
    const { detail } = await readProblem(await post('github', {}), 404);
    expect(detail).toBe('no hook "github"; there are chirpstack, tts, meraki, unifi, ngsi');
  });

  it('gives ChirpStack’s event to the topic, and refuses one that it does not have', async () => {
    const { messages, post } = await startHooks(accepted);
    const headers = { 'x-aperto-token': secretOf('chirpstack') };
    expect((await post('chirpstack?event=up', headers)).status).toBe(200);
    const { detail } = await readProblem(await post('chirpstack?event=up%2F..%2Fx', headers), 400);
    expect(detail).toBe(
      'event: is wrong; expected one of up, join, ack, txack, status, log, location, integration',
    );
    expect((await post('ngsi?event=up&x=1', { 'x-aperto-token': secretOf('ngsi') })).status).toBe(200);
    expect(messages.map(({ topic }) => topic)).toEqual(['hooks/chirpstack/up', 'hooks/ngsi']);
  });

  it.each([
    ['application/json; charset=utf-8', 200],
    ['application/ld+json', 200],
    ['text/plain', 200],
    ['application/octet-stream', 415],
    ['application/x-www-form-urlencoded', 415],
  ])('takes JSON and text: %s is %i', async (type, status) => {
    const { messages, post } = await startHooks(accepted);
    const headers = { 'x-aperto-token': secretOf('ngsi'), 'content-type': type };
    expect((await post('ngsi', headers, 'not JSON at all')).status).toBe(status);
    expect(messages).toHaveLength(status === 200 ? 1 : 0);
  });
});

describe('what a webhook is answered', () => {
  const headers = { 'x-aperto-token': secretOf('unifi') };

  it.each([
    [{ kind: 'duplicate' }, { outcome: 'duplicate' }],
    [
      { kind: 'quarantined', reason: 'not_json' },
      { outcome: 'quarantined', reason: 'not_json' },
    ],
    [
      { kind: 'refused', reason: 'no_figure' },
      { outcome: 'refused', reason: 'no_figure' },
    ],
  ] as const)('is 200 for what is settled: %j', async (outcome, answer) => {
    const { post } = await startHooks(async () => outcome);
    expect(await readJson(await post('unifi', headers), outcomeSchema)).toEqual(answer);
  });

  it('comes only once the message is durable', async () => {
    let settle: ((outcome: Outcome) => void) | undefined;
    const { messages, post } = await startHooks(
      () =>
        new Promise((resolve) => {
          settle = resolve;
        }),
    );
    let answered = false;
    const response = post('unifi', headers).finally(() => {
      answered = true;
    });
    await expect.poll(() => messages.length).toBe(1);
    expect(answered).toBe(false);
    settle?.({ kind: 'accepted', points: 1 });
    expect((await response).status).toBe(200);
  });

  it('is 503 with the time to come again where there is no room, and tells nothing of the inside', async () => {
    const { post } = await startHooks(() =>
      Promise.reject(new ApertoError('spool_full', '/srv/data/spool.db: the spool is full', { retry: true })),
    );
    const response = await post('unifi', headers);
    expect(response.headers.get('retry-after')).toBe('30');
    expect((await readProblem(response, 503)).detail).toBe('the spool is full; try again later');
  });

  it('is 413 for a body over the limit', async () => {
    const { post, messages } = await startHooks(accepted);
    expect((await post('unifi', headers, 'x'.repeat(1024 * 1024))).status).toBe(200);
    await readProblem(await post('unifi', headers, 'x'.repeat(1024 * 1024 + 1)), 413);
    expect(messages).toHaveLength(1);
  });
});
