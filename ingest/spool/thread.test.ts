import { expect, test } from 'vitest';
import { spoolOptions, spoolPath } from '../../test/support/spool.ts';
import { SpoolThread } from './thread.ts';

test('a call before open rejects and the thread goes on', async () => {
  const thread = new SpoolThread();
  await expect(thread.call('stats')).rejects.toEqual(
    expect.objectContaining({ code: 'closed', message: 'the spool is not open' }),
  );
  expect((await thread.call('open', spoolOptions(spoolPath()))).waitingMessages).toBe(0);
  await thread.close();
});

test('an end settles every call that waits', async () => {
  const thread = new SpoolThread();
  await thread.call('open', spoolOptions(spoolPath()));
  const calls = Array.from({ length: 50 }, () => thread.call('stats'));
  const [settled] = await Promise.all([Promise.allSettled(calls), thread.close()]);
  expect(settled).toHaveLength(50);
  for (const outcome of settled) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'closed' });
  }
  await expect(thread.call('stats')).rejects.toEqual(expect.objectContaining({ code: 'closed' }));
});

test('an error tells its decision across the thread', async () => {
  const path = '/proc/none/spool.db';
  const thread = new SpoolThread();
  await expect(thread.call('open', spoolOptions(path))).rejects.toEqual(
    expect.objectContaining({ name: 'ApertoError', code: 'config', retry: false }),
  );
  await thread.close();
});
