import type { Remembered } from '../kept-memory.ts';
import type { Account } from '../ledger.ts';
import type { QuarantinedMessage } from '../quarantine.ts';
import type { Accounts, Commit, NewBatch } from './protocol.ts';

/** What settled messages leave behind, all in one transaction: points, quarantined copies, counts. */
export interface SpoolItem {
  /** Messages for the store. */
  readonly batch?: NewBatch;
  readonly quarantined?: readonly Omit<QuarantinedMessage, 'id'>[];
  /** What the device definitions remember since. */
  readonly remembered?: readonly Remembered[];
  /** Where the books put the messages; nowhere for points of our own, which are no message. */
  readonly accounts?: ReadonlyMap<Account, number>;
}

export interface CommitLimits {
  readonly messagesMax: number;
  readonly bytesMax: number;
}

/** How many of the queue one commit covers: at least one. */
export const countThatFits = (
  queue: readonly { readonly item: SpoolItem }[],
  { messagesMax, bytesMax }: CommitLimits,
): number => {
  let bytes = 0;
  let messages = 0;
  let count = 0;
  for (const { item } of queue) {
    bytes += item.batch?.body.length ?? 0;
    for (const { payload } of item.quarantined ?? []) bytes += payload.length;
    messages += item.batch?.messages ?? 1;
    if (count > 0 && (messages > messagesMax || bytes > bytesMax)) break;
    count++;
  }
  return count;
};

/** @param owed books of messages that settled before, without a commit of their own */
export const toCommit = (items: readonly SpoolItem[], owed: Iterable<readonly [Account, number]>): Commit => {
  const batches: NewBatch[] = [];
  const quarantined: Omit<QuarantinedMessage, 'id'>[] = [];
  const remembered: Remembered[] = [];
  const counts = new Map<Account, number>(owed);
  for (const item of items) {
    if (item.batch !== undefined) batches.push(item.batch);
    if (item.quarantined !== undefined) quarantined.push(...item.quarantined);
    if (item.remembered !== undefined) remembered.push(...item.remembered);
    for (const [account, messages] of item.accounts ?? [])
      counts.set(account, (counts.get(account) ?? 0) + messages);
  }
  return { batches, quarantined, accounts: toAccounts(counts), remembered };
};

/** Accounts as the file keeps them: all that was received, and where it went unless it is in the batches themselves. */
const toAccounts = (counts: ReadonlyMap<Account, number>): Accounts => {
  const accounts: Record<string, number> = {};
  let received = 0;
  for (const [account, messages] of counts) {
    received += messages;
    if (account !== 'spooled') accounts[account] = messages;
  }
  return received === 0 ? accounts : { ...accounts, received };
};
