import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aggregateContract } from './aggregate.contract.ts';
import { latestContract } from './latest.contract.ts';
import { rangeContract } from './range.contract.ts';
import type { Store } from './store.ts';
import { writeContract } from './write.contract.ts';

/** A store of one engine and how to leave it. */
export interface OpenStore {
  readonly store: Store;
  close(): Promise<void>;
}

/** What every part of the suite asks; each test keeps to a site of its own. */
export type Subject = () => Store;

/** The one suite that every engine passes: same points in, same answers out. */
export const storeContract = (engine: string, open: () => Promise<OpenStore>): void => {
  describe(engine, () => {
    let opened: OpenStore;
    const subject: Subject = () => opened.store;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test('says when it can be asked', async () => {
      await expect(subject().ping()).resolves.toBeUndefined();
    });
    writeContract(subject);
    rangeContract(subject);
    aggregateContract(subject);
    latestContract(subject);
  });
};
