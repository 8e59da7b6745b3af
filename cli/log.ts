import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One line of JSON an event on stderr: stdout belongs to the answers. Secrets never get here. */
export const createLog = (level = 'info'): Log =>
  pino({ level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: false }));
