import { once } from 'node:events';
import { imbalance, type LedgerView } from '../../../ingest/ledger.ts';
import { killPlan } from './plan.ts';
import { Sender } from './sender.ts';
import type { ReadSeries } from './stored.ts';
import { startVictim, type Victim } from './victim.ts';

export interface TortureOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly data: string;
  /** Words after `aperto up`, and the environment, that choose the store. */
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Called after each round. */
  readonly onRound: (round: number) => void;
}

export interface Tortured {
  readonly ledger: LedgerView;
  /** Readings that were sent, and how often one was sent again. */
  readonly sent: number;
  readonly resent: number;
  /** How the last process ended, which was stopped in order. */
  readonly end: Awaited<ReturnType<Victim['stop']>>;
  /** Compares the store with what was sent, reading by reading. */
  verify(read: ReadSeries): Promise<Verdict>;
}

/** All empty where every reading is in the store once. */
export interface Verdict {
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  readonly foreign: readonly string[];
}

const counters = ['C1', 'C2', 'C3', 'C4'];
const seat = 'S07';
const topicOf = (kind: string, device: string): string => `aperto/1/via-rossini/${kind}/${device}`;
const counterOf = (number: number): string => counters[number % counters.length] ?? '';
const day = 24 * 3600 * 1000;

/**
 * Kills `aperto up` at the times of a plan while devices outside of it publish: one with a clock, whose readings have
 * their identity from it, and one without, of whose resends only the packet id tells that they are repeats.
 */
export const torture = async (options: TortureOptions): Promise<Tortured> => {
  const firstStamp = Math.floor(Date.now() / day) * day - 2 * day;
  const timed = new Sender('timed', (number) => ({
    topic: topicOf('seat', seat),
    payload: JSON.stringify({ t: firstStamp + number, occupied: number % 2 === 0 }),
  }));
  const untimed = new Sender('untimed', (number) => ({
    topic: topicOf('counter', counterOf(number)),
    payload: JSON.stringify({ in_total: number }),
  }));
  const senders = [timed, untimed];
  const up = ['up', '--data', options.data, '--mqtt-port', '0', '--http-port', '0', '--log-level', 'warn'];
  const words = [...up, ...options.words];
  let waiting = startVictim(options.environment);
  const next = async (): Promise<Victim> => {
    const victim = waiting;
    await victim.loaded;
    waiting = startVictim(options.environment);
    victim.go(words);
    return victim;
  };

  for (const [index, { phase, delayMs }] of killPlan(options.seed, options.rounds).entries()) {
    const victim = await next();
    if (phase === 'load') {
      await balanced(victim);
      await Promise.all(senders.map(async (sender) => sender.connect(await portOf(victim))));
    }
    await elapse(delayMs);
    await victim.kill();
    for (const sender of senders) sender.disconnect();
    options.onRound(index + 1);
  }

  const last = await next();
  await waiting.loaded;
  await waiting.kill();
  await Promise.all(senders.map(async (sender) => sender.connect(await portOf(last), { news: false })));
  await until(() => senders.every(({ unacked }) => unacked === 0));
  for (const sender of senders) sender.disconnect();
  await until(async () => (await ledgerOf(last)).spooled === 0);
  return {
    ledger: await ledgerOf(last),
    sent: timed.sent + untimed.sent,
    resent: timed.resent + untimed.resent,
    end: await last.stop(),
    verify: async (read) => {
      const seats = (await read(seat, 'occupied')).map(([time, value]) => `${time - firstStamp} is ${value}`);
      const counts = await Promise.all(counters.map((device) => read(device, 'in_total')));
      const totals = counts.flatMap((rows, index) => rows.map(([, total]) => `${counters[index]} ${total}`));
      const sent = [
        ...numbers(timed.sent).map((number) => `${number} is ${Number(number % 2 === 0)}`),
        ...numbers(untimed.sent).map((number) => `${counterOf(number)} ${number}`),
      ];
      return compare(sent, [...seats, ...totals]);
    },
  };
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

const compare = (sent: readonly string[], stored: readonly string[]): Verdict => {
  const [sentOnce, storedOnce] = [new Set(sent), new Set(stored)];
  const seen = new Set<string>();
  return {
    missing: sent.filter((reading) => !storedOnce.has(reading)),
    doubled: stored.filter((reading) => seen.size === seen.add(reading).size),
    foreign: stored.filter((reading) => !sentOnce.has(reading)),
  };
};

const portOf = async (victim: Victim): Promise<number> => Number(new URL((await victim.ready).mqtt).port);

const ledgerOf = async (victim: Victim): Promise<LedgerView> => {
  const response = await fetch(new URL('/api/v1/ledger', (await victim.ready).http));
  const ledger: LedgerView = JSON.parse(await response.text());
  return ledger;
};

/** The books of a start, before anything new comes in. */
const balanced = async (victim: Victim): Promise<void> => {
  const ledger = await ledgerOf(victim);
  if (imbalance(ledger) !== 0) throw new Error(`the books do not balance: ${JSON.stringify(ledger)}`);
};

const elapse = (ms: number): Promise<unknown> => once(AbortSignal.timeout(ms), 'abort');

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('the last process did not settle all within a minute');
    await elapse(20);
  }
};
