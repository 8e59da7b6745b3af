import type { Remembered } from '../kept-memory.ts';
import type { Account } from '../ledger.ts';
import type { QuarantinedMessage } from '../quarantine.ts';
import { encodeBatch, type SpoolEntry } from './entry.ts';
import type { Accounts, Commit } from './protocol.ts';

/** What a settled message leaves behind, all in one transaction: points, or a quarantined copy, or a count alone. */
export interface SpoolItem {
  readonly entry?: SpoolEntry | undefined;
  readonly quarantined?: Omit<QuarantinedMessage, 'id'> | undefined;
  /** What the device definitions remember since this message. */
  readonly remembered?: readonly Remembered[];
  /** Where the books put the message; absent for points of our own, which are no message. */
  readonly account?: Account;
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
  let count = 0;
  for (const { item } of queue) {
    bytes += (item.entry?.text.length ?? 0) + (item.quarantined?.payload.length ?? 0);
    if (count > 0 && (count >= messagesMax || bytes > bytesMax)) break;
    count++;
  }
  return count;
};

/** @param owed books of messages that settled before, without a commit of their own */
export const toCommit = (items: readonly SpoolItem[], owed: Iterable<readonly [Account, number]>): Commit => {
  const texts: string[] = [];
  const quarantined: Omit<QuarantinedMessage, 'id'>[] = [];
  const remembered: Remembered[] = [];
  const counts = new Map<Account, number>(owed);
  let messages = 0;
  let points = 0;
  for (const item of items) {
    if (item.account !== undefined) counts.set(item.account, (counts.get(item.account) ?? 0) + 1);
    if (item.quarantined !== undefined) quarantined.push(item.quarantined);
    if (item.remembered !== undefined) remembered.push(...item.remembered);
    if (item.entry === undefined) continue;
    texts.push(item.entry.text);
    messages += item.entry.messages ?? 1;
    points += item.entry.points.length;
  }
  const body = texts.length === 0 ? {} : { body: encodeBatch(texts) };
  return { ...body, messages, points, quarantined, accounts: toAccounts(counts), remembered };
};

/** Accounts as the file keeps them: all that was received, and where it went unless it is in the batch itself. */
const toAccounts = (counts: ReadonlyMap<Account, number>): Accounts => {
  const accounts: Record<string, number> = {};
  let received = 0;
  for (const [account, messages] of counts) {
    received += messages;
    if (account !== 'spooled') accounts[account] = messages;
  }
  return received === 0 ? accounts : { ...accounts, received };
};
