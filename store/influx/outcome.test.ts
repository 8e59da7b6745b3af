import { describe, expect, test } from 'vitest';
import { type Outcome, writeOutcome } from './outcome.ts';
import type { Reply } from './reply.ts';

const now = Date.UTC(2026, 5, 23, 8);
const target = { url: 'http://influx:8086', database: 'street' };
const outcomeOf = (reply: Reply, lines = 3): Outcome =>
  writeOutcome(reply, lines, target, { now: () => now });
const v1 = (error: string): string => JSON.stringify({ error });
const v2 = (code: string, message: string): string => JSON.stringify({ code, message });
const v3 = JSON.stringify({
  error: 'partial write of line protocol occurred',
  data: [{ original_line: 'weather,site=…', line_number: 2, error_message: 'invalid column type' }],
});
const page = '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>';

test('204 is stored', () => {
  expect(outcomeOf({ status: 204, body: '' })).toEqual({ kind: 'stored' });
});

describe('points that are never taken', () => {
  test.each([
    [400, v1('partial write: field type conflict: input field "people" dropped=1'), false],
    [400, v1('partial write: points beyond retention policy dropped=3'), true],
    [400, v1("unable to parse 'weather': missing fields"), false],
    [400, v2('invalid', 'partial write: field type conflict dropped=2'), false],
    [422, v2('unprocessable entity', 'failure writing points to database: dropped=3'), true],
    [500, v1('partial write: points beyond retention policy dropped=2'), false],
    [500, v2('internal error', 'points outside retention policy'), false],
    [201, v3, false],
    [200, v3, false],
    [400, 'not JSON, yet no page', false],
    [400, '', false],
  ])('HTTP %i %s', (status, body, all) => {
    expect(outcomeOf({ status, body })).toMatchObject({ kind: 'refused', all });
    expect(outcomeOf({ status, body }, 1)).toMatchObject({ kind: 'refused', all: true });
  });

  test('the reason is in the words of the server', () => {
    expect(outcomeOf({ status: 400, body: v1('too old') })).toMatchObject({ reason: 'too old' });
    expect(outcomeOf({ status: 422, body: v2('invalid', 'too new') })).toMatchObject({ reason: 'too new' });
    expect(outcomeOf({ status: 201, body: v3 })).toMatchObject({
      reason: 'partial write of line protocol occurred: invalid column type',
    });
    expect(outcomeOf({ status: 400, body: '' })).toMatchObject({ reason: 'HTTP 400' });
  });
});

test('413 is too large', () => {
  expect(outcomeOf({ status: 413, body: 'Request Entity Too Large' })).toEqual({ kind: 'too_large' });
});

describe('what is tried again', () => {
  test.each([
    [401, v2('unauthorized', 'unauthorized access'), 'the token may not write to "street"; mend it'],
    [403, v2('forbidden', 'insufficient permissions'), 'the token may not write to "street"; mend it'],
    [404, v2('not found', 'bucket "street" not found'), 'no bucket or database "street"; create it'],
    [
      404,
      '404 page not found\n',
      'it has no /api/v2/write: InfluxDB 1.8, 2.x or 3 is needed, or a newer one',
    ],
    [429, v2('too many requests', 'limit'), 'it is busy'],
    [503, v2('unavailable', 'service unavailable'), 'it is busy'],
    [500, v1('timeout'), 'it failed'],
    [502, 'Bad Gateway', 'it failed'],
    [504, '', 'it failed'],
    [599, '', 'it failed'],
    [200, '', 'is this InfluxDB? A write is answered with 204'],
    [201, '', 'is this InfluxDB? A write is answered with 204'],
    [200, page, 'is this InfluxDB? A write is answered with 204'],
    [301, '', 'this status was not expected'],
    [418, 'teapot', 'this status was not expected'],
    [400, page, 'check INFLUX_URL, organisation and bucket'],
    [400, v1('database is required'), 'check INFLUX_URL, organisation and bucket'],
    [400, v2('invalid', 'Please provide either orgID or org'), 'check INFLUX_URL, organisation and bucket'],
  ])('HTTP %i %s', (status, body, advice) => {
    const outcome = outcomeOf({ status, body });
    expect(outcome).toMatchObject({ kind: 'unavailable', error: { code: 'store_unavailable', retry: true } });
    const message = outcome.kind === 'unavailable' ? outcome.error.message : '';
    expect(message).toMatch(/^InfluxDB at http:\/\/influx:8086: HTTP \d+/);
    expect(message).toContain(`(${advice})`);
    expect(message).not.toContain('\n');
  });

  test.each([
    ['5', 5_000],
    ['0', 0],
    [' 120 ', 120_000],
    ['Tue, 23 Jun 2026 08:00:30 GMT', 30_000],
    ['Tue, 23 Jun 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('Retry-After: %s is %s ms', (retryAfter, waitMs) => {
    for (const status of [429, 503]) {
      const outcome = outcomeOf({ status, body: '', retryAfter });
      expect(outcome.kind === 'unavailable' && outcome.error.retryAfterMs).toBe(waitMs);
    }
  });
});
