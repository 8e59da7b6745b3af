import { nextTick } from 'node:process';
import { expect, it } from 'vitest';
import { AckWindow } from './ack-window.ts';

const windowOf = () => {
  const writes: string[] = [];
  return { writes, window: new AckWindow((packets) => writes.push(packets.toString('hex'))) };
};

/** After all that is due in this turn. */
const turn = (): Promise<void> => new Promise((resolve) => nextTick(resolve));

it('acknowledges in the order of arrival, all that is due in one write', async () => {
  const { writes, window } = windowOf();
  const [first, second, third, fourth] = [1, 2, 300, 4].map((id) => window.take(id));
  third?.();
  second?.();
  await turn();
  expect(writes).toEqual([]);
  first?.();
  await turn();
  expect(writes).toEqual(['40020001400200024002012c']);
  expect(window.size).toBe(1);
  fourth?.();
  await turn();
  expect(writes[1]).toBe('40020004');
});

it('acknowledges nothing of a connection that is over', async () => {
  const { writes, window } = windowOf();
  const settle = window.take(1);
  window.drop();
  settle();
  await turn();
  expect(writes).toEqual([]);
});
