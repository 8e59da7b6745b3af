import { spoolOptions } from '../../support/spool.ts';

/** What the traced program does, one step after the other; it says in its journal what it begins and what has ended. */
export type Step =
  /** Appends messages with these numbers, each `padding` characters longer than a seat's, as one batch. */
  | { readonly do: 'append'; readonly from: number; readonly to: number; readonly padding?: number }
  /** Tells the spool that the store has all batches up to an id, which hold these numbers. */
  | { readonly do: 'settle'; readonly upTo: number; readonly from: number; readonly to: number }
  | { readonly do: 'quarantine'; readonly number: number }
  /** Appends one message after the other, each until it is taken, as a good device would. */
  | { readonly do: 'insist'; readonly from: number; readonly to: number }
  | { readonly do: 'close' };

const text = `
const { openSync, writeSync } = await import('node:fs');
const [spoolModule, readerModule, bodyModule, journalPath, options, steps] = process.argv.slice(1);
const { Spool } = await import(spoolModule);
const { SpoolReader } = await import(readerModule);
const { encodeBody } = await import(bodyModule);
const journal = openSync(journalPath, 'a');
const say = (...words) => writeSync(journal, words.join(' ') + '\\n');
const spool = await Spool.open(JSON.parse(options), { messagesMax: 2000, bytesMax: 8e6 });
const tags = { site: 'via-rossini', zone: 'teatro', device: 'S01', kind: 'seat' };
const itemOf = (from, to, padding) => {
  const messages = [];
  for (let time = from; time < to; time++) messages.push({
    ...(padding === undefined ? {} : { origin: 'x'.repeat(padding) }),
    points: [{ measurement: 'occupancy', tags, fields: { occupied: time % 2 }, time }],
  });
  return {
    batch: { body: encodeBody(messages), messages: to - from, points: to - from },
    accounts: new Map([['spooled', to - from]]),
  };
};
const { port1, port2 } = new MessageChannel();
const reader = new SpoolReader(port1);
await spool.connect(port2);
const untilTaken = async (work, word) => {
  for (let attempt = 0; attempt < 1000; attempt++) {
    try {
      return await work();
    } catch (error) {
      say(word, error.code, error.message);
    }
  }
  throw new Error('never taken');
};
const run = {
  append: ({ from, to, padding }) => spool.append(itemOf(from, to, padding)),
  insist: async ({ from, to }) => {
    for (let number = from; number < to; number++) {
      await untilTaken(() => spool.append(itemOf(number, number + 1)), 'refused');
      say('did', JSON.stringify({ do: 'append', from: number, to: number + 1 }));
    }
  },
  settle: ({ upTo, from, to }) =>
    untilTaken(() => reader.settle({ upTo, quarantined: [], accounts: { stored: to - from } }), 'unsettled'),
  quarantine: ({ number }) => untilTaken(() => spool.append({
    accounts: new Map([['quarantined:not_json', 1]]),
    quarantined: [{ receivedAt: number, topic: 't', reason: 'not_json', detail: 'no', payload: 'x'.repeat(3000) }],
  }), 'refused'),
  close: () => spool.close(),
};
for (const step of JSON.parse(steps)) {
  say('begins', JSON.stringify(step));
  await run[step.do](step);
  say('did', JSON.stringify(step));
}
process.exit(0);`;

const built = (file: string): string =>
  new URL(`../../../dist/ingest/spool/${file}.js`, import.meta.url).href;

/** Words that run the steps on a spool. Without `close` at the end the program dies with its file open. */
export const programOf = (path: string, journal: string, steps: readonly Step[]): string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  text,
  built('spool'),
  built('reader'),
  built('body'),
  journal,
  JSON.stringify(spoolOptions(path, { tailMessagesMax: 10 })),
  JSON.stringify(steps),
];

/** What a program's journal promises at a moment. */
export class Promises {
  readonly begun = new Set<number>();
  readonly acked = new Set<number>();
  readonly settling = new Set<number>();
  readonly settled = new Set<number>();
  quarantined = 0;

  hear(line: string): void {
    const [, verb, json] = /^(begins|did) (.*)$/.exec(line) ?? [];
    if (verb === undefined || json === undefined) return;
    const step: Step = JSON.parse(json);
    if (step.do === 'quarantine' && verb === 'did') this.quarantined++;
    if (step.do !== 'append' && step.do !== 'settle') return;
    const [begun, done] = step.do === 'append' ? [this.begun, this.acked] : [this.settling, this.settled];
    for (let number = step.from; number < step.to; number++) (verb === 'begins' ? begun : done).add(number);
  }
}
