import { describe, expect, it } from 'vitest';
import { ApertoError, type ErrorCode } from '../../model/errors.ts';
import { failureOf } from './failure.ts';

describe('failureOf', () => {
  it.each<[ErrorCode, number]>([
    ['usage', 400],
    ['not_found', 404],
    ['quarantined', 422],
    ['store_unavailable', 503],
    ['spool_full', 503],
    ['closed', 503],
    ['config', 500],
    ['address_in_use', 500],
    ['spool_failed', 500],
    ['store_rejected', 500],
    ['internal', 500],
  ])('answers %s with %i', (code, status) => {
    expect(failureOf(new ApertoError(code, 'x')).status).toBe(status);
  });

  it('tells a client what it did wrong, but nothing of our inside', () => {
    expect(failureOf(new ApertoError('usage', 'limit: too big')).detail).toBe('limit: too big');
    const inside = [new ApertoError('internal', 'at /srv/data'), new Error('/srv/data'), '/srv/data'];
    for (const error of inside) expect(failureOf(error).detail).toBe('internal error; the log says more');
    expect(failureOf(new ApertoError('store_unavailable', 'http://10.0.0.1')).detail).toBe(
      'the store does not answer; try again later',
    );
  });

  it('passes on how long to wait', () => {
    const error = new ApertoError('store_unavailable', 'x', { retryAfterMs: 1_500 });
    expect(failureOf(error).retryAfterMs).toBe(1_500);
  });
});
