import { describe, expect, it } from 'vitest';
import type { QuarantinedMessage, QuarantineQuery } from '../../../ingest/quarantine.ts';
import { ApertoError } from '../../../model/errors.ts';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { startHttp, startOfTest } from '../../../test/http/start.ts';
import { ledgerSchema } from './ledger.ts';
import { quarantineSchema } from './quarantine.ts';

describe('GET /api/v1/ledger', () => {
  it('gives the books of this moment', async () => {
    const view = {
      received: 10,
      stored: 4,
      duplicate: 1,
      spooled: 2,
      quarantined: { not_json: 2 },
      refused: { x: 1 },
    };
    const { url } = await startHttp({ ledger: () => view });
    const first = await readJson(await fetch(`${url}/api/v1/ledger`), ledgerSchema);
    expect(first).toEqual(view);
    view.received = 11;
    view.spooled = 3;
    const second = await readJson(await fetch(`${url}/api/v1/ledger`), ledgerSchema);
    expect([second.received, second.spooled]).toEqual([11, 3]);
  });
});

/** Ids 1 to `count`, newest first, as the spool lists them. */
const quarantineOf = (count: number) => {
  const all = Array.from(
    { length: count },
    (_, index): QuarantinedMessage => ({
      id: count - index,
      receivedAt: startOfTest + (count - index) * 1000,
      topic: 'aperto/1/via-rossini/seat/S07',
      reason: 'not_json',
      detail: 'payload: not JSON; send an object',
      payload: `{"occupied":${count - index}`,
    }),
  );
  return async ({ limit, before = Infinity }: QuarantineQuery) =>
    all.filter(({ id }) => id < before).slice(0, limit);
};

describe('GET /api/v1/quarantine', () => {
  it('pages back in time, and ends', async () => {
    const { url } = await startHttp({ quarantine: quarantineOf(5) });
    const pages: number[][] = [];
    let query = '?limit=2';
    for (;;) {
      const page = await readJson(await fetch(`${url}/api/v1/quarantine${query}`), quarantineSchema);
      pages.push(page.messages.map(({ id }) => id));
      if (page.next === undefined) break;
      query = `?limit=2&before=${page.next}`;
    }
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
  });

  it('has no next page when the last message ends this one', async () => {
    const { url } = await startHttp({ quarantine: quarantineOf(2) });
    const page = await readJson(await fetch(`${url}/api/v1/quarantine?limit=2`), quarantineSchema);
    expect([page.messages.length, page.next]).toEqual([2, undefined]);
  });

  it('gives 100 messages unless asked otherwise, each with all that helps', async () => {
    const { url } = await startHttp({ quarantine: quarantineOf(101) });
    const page = await readJson(await fetch(`${url}/api/v1/quarantine`), quarantineSchema);
    expect([page.messages.length, page.next]).toEqual([100, 2]);
    expect(page.messages[0]).toEqual({
      id: 101,
      receivedAt: '2026-06-23T08:01:41.000Z',
      topic: 'aperto/1/via-rossini/seat/S07',
      reason: 'not_json',
      detail: 'payload: not JSON; send an object',
      payload: '{"occupied":101',
    });
  });

  it.each([
    ['limit=0', 'limit: is wrong; expected a whole number from 1 to 1000'],
    ['limit=1001', 'limit: is wrong; expected a whole number from 1 to 1000'],
    ['limit=ten', 'limit: is wrong; expected a whole number from 1 to 1000'],
    ['limit=1&limit=2', 'limit: is wrong; expected a whole number from 1 to 1000'],
    ['before=-1', 'before: is wrong; expected a whole number from 1 to 9007199254740991'],
    ['after=1', 'querystring: no parameter "after"; there are limit, before'],
  ])('refuses %s', async (query, detail) => {
    const { url } = await startHttp();
    const problem = await readProblem(await fetch(`${url}/api/v1/quarantine?${query}`), 400);
    expect(problem.detail).toBe(detail);
  });

  it('answers 500 without the inside when the spool fails, and 503 when it does not answer in time', async () => {
    const failing = await startHttp({
      quarantine: () => Promise.reject(new ApertoError('spool_failed', '/srv/data/spool.db is malformed')),
    });
    const first = await readProblem(await fetch(`${failing.url}/api/v1/quarantine`), 500);
    expect(first.detail).toBe('internal error; the log says more');

    const hanging = await startHttp({ quarantine: () => Promise.race([]), limits: { answerTimeoutMs: 40 } });
    const second = await readProblem(await fetch(`${hanging.url}/api/v1/quarantine`), 503);
    expect(second.detail).toBe('no answer in time; try again later');
  });
});
