import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { imbalance } from '../../ingest/ledger.ts';
import { startInflux } from '../services/influx.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { type ReadSeries, readDuckDb, readInflux } from './torture/stored.ts';
import { torture, type Verdict } from './torture/torture.ts';

/** `npm run torture -- --rounds N` sets these for a long form. */
const { TORTURE_ROUNDS, TORTURE_SEED = '20261123', TORTURE_STORE = 'duckdb,influx' } = process.env;
const seed = Number(TORTURE_SEED);

type Verify = (read: ReadSeries) => Promise<Verdict>;

/** What `aperto up` is told of a store, and how to read that store without Aperto. */
const openDuckDb = async (data: string) => ({
  words: [],
  environment: {},
  read: (verify: Verify) => readDuckDb(join(data, 'aperto.duckdb'), verify),
});
const openInflux = async () => {
  const { url, token, org, database, stop } = await startInflux();
  onTestFinished(stop);
  const named = { ...(token === undefined ? {} : { token }), ...(org === undefined ? {} : { org }) };
  return {
    words: ['--store', 'influx'],
    environment: {
      INFLUX_URL: url,
      INFLUX_BUCKET: database,
      INFLUX_TOKEN: token ?? '',
      INFLUX_ORG: org ?? '',
    },
    read: (verify: Verify) => readInflux({ url, database, ...named }, verify),
  };
};

/** Behind each engine, how many kills its short form has. */
const engines = [
  { name: 'duckdb', rounds: Number(TORTURE_ROUNDS ?? 10), open: openDuckDb },
  { name: 'influx', rounds: Number(TORTURE_ROUNDS ?? 4), open: openInflux },
];
const chosen = engines.filter(({ name }) => TORTURE_STORE.split(',').includes(name));
const timeout = 60_000 + Number(TORTURE_ROUNDS ?? 10) * 10_000;

test.each(chosen)(
  '$name: $rounds kills lose no reading and store none twice',
  { timeout },
  async ({ name, rounds, open }) => {
    const data = temporaryDirectory();
    const { read, ...options } = await open(data);
    const started = performance.now();
    const onRound = (round: number): void => {
      if (round % 20 === 0) process.stdout.write(`${name}: round ${round} of ${rounds}\n`);
    };
    const { ledger, sent, resent, end, verify } = await torture({
      ...options,
      data,
      rounds,
      seed,
      onRound,
    });
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(
      `${name}: ${rounds} kills in ${seconds} s, seed ${seed}: ${sent} readings, ${resent} sent again\n`,
    );
    expect(end.exitCode, end.said).toBe(0);
    expect(imbalance(ledger)).toBe(0);
    expect(ledger).toMatchObject({ stored: sent, spooled: 0, quarantined: {}, refused: {} });
    expect(sent).toBeGreaterThan(rounds * 10);
    expect(resent).toBeGreaterThan(0);
    expect(await read(verify)).toEqual({ missing: [], doubled: [], foreign: [] });
  },
);
