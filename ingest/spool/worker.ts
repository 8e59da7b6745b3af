import { type MessagePort, parentPort } from 'node:worker_threads';
import { ApertoError } from '../../model/errors.ts';
import { Peer } from '../peer.ts';
import { damaged } from './damage.ts';
import { SpoolDatabase } from './database.ts';
import type { DrainCalls, DrainNews, SpoolCalls } from './protocol.ts';
import { finishReplacement, isEmptied, isLogDamaged, replaceDamaged } from './recovery.ts';

/** The spool's thread: answers one call after the other, so that the file has one writer and an order. */
let database: SpoolDatabase | undefined;
const drains: Peer<DrainNews>[] = [];

const opened = (): SpoolDatabase => {
  if (database === undefined) throw new ApertoError('closed', 'the spool is not open');
  return database;
};

const drainCalls = {
  read: (after, pointsMax) => opened().read(after, pointsMax),
  readNewest: (after, pointsMax) => opened().readNewest(after, pointsMax),
  settle: (settlement) => opened().settle(settlement),
} satisfies DrainCalls;

const calls = {
  open: (options) => {
    finishReplacement(options.path);
    if (isEmptied(options.path) || isLogDamaged(options.path)) throw damaged(options.path);
    database = new SpoolDatabase(options);
    return database.opened();
  },
  replaceDamaged,
  commit: (commit) => {
    opened().commit(commit);
    if (commit.batches.length > 0) for (const drain of drains) drain.tell('committed');
  },
  listQuarantine: (query) => opened().listQuarantine(query),
  stats: () => opened().stats(),
  connect: (port: MessagePort) => {
    drains.push(new Peer<DrainNews>(port, drainCalls));
  },
  close: () => {
    database?.close();
    database = undefined;
  },
} satisfies SpoolCalls;

if (parentPort !== null) new Peer(parentPort, calls);
