import { parentPort } from 'node:worker_threads';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { damaged } from './damage.ts';
import { SpoolDatabase } from './database.ts';
import type { SpoolCalls } from './protocol.ts';
import { finishReplacement, isEmptied, replaceDamaged } from './recovery.ts';
import type { Reply, Request } from './rpc.ts';

/** The spool's thread: answers one call after the other, so that the file has one writer and an order. */
let database: SpoolDatabase | undefined;

const opened = (): SpoolDatabase => {
  if (database === undefined) throw new ApertoError('closed', 'the spool is not open');
  return database;
};

const calls: SpoolCalls = {
  open: (options) => {
    finishReplacement(options.path);
    if (isEmptied(options.path)) throw damaged(options.path);
    database = new SpoolDatabase(options);
    return database.opened();
  },
  replaceDamaged,
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
    if (!(error instanceof ApertoError))
      return { id, error: { code: 'internal', message: messageOf(error) } };
    const { code, message, retry, reason } = error;
    return { id, error: { code, message, retry, ...(reason === undefined ? {} : { reason }) } };
  }
};

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
