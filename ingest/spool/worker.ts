import { parentPort } from 'node:worker_threads';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { SpoolDatabase } from './database.ts';
import type { SpoolCalls } from './protocol.ts';
import { openSpool } from './recovery.ts';
import type { Reply, Request } from './rpc.ts';

/** The spool's thread: answers one call after the other, so that the file has one writer and an order. */
let database: SpoolDatabase | undefined;

const opened = (): SpoolDatabase => {
  if (database === undefined) throw new ApertoError('closed', 'the spool is not open');
  return database;
};

const calls: SpoolCalls = {
  open: (options) => {
    const { database: open, ...found } = openSpool(options);
    database = open;
    return found;
  },
  commit: (commit) => opened().commit(commit),
  read: (after, pointsMax) => opened().read(after, pointsMax),
  settle: (settlement) => opened().settle(settlement),
  listQuarantine: (query) => opened().listQuarantine(query),
  stats: () => opened().stats(),
  close: () => {
    database?.close();
    database = undefined;
  },
};

const answer = ({ id, call, parameters }: Request): Reply => {
  try {
    const method: (...values: never[]) => unknown = calls[call];
    return { id, result: method(...(parameters as never[])) };
  } catch (error) {
    const code = error instanceof ApertoError ? error.code : 'internal';
    const retry = error instanceof ApertoError && error.retry;
    return { id, error: { code, message: messageOf(error), retry } };
  }
};

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
