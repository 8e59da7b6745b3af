import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { imbalance } from '../../ingest/ledger.ts';
import { startInflux } from '../services/influx.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { type ReadSeries, readDuckDb, readInflux } from './torture/stored.ts';
import { torture, type Verdict } from './torture/torture.ts';

/** A short form; `npm run torture -- --rounds N` sets these for a long one. */
const { TORTURE_ROUNDS = '8', TORTURE_SEED = '20261123', TORTURE_STORE = 'duckdb,influx' } = process.env;
const [rounds, seed] = [Number(TORTURE_ROUNDS), Number(TORTURE_SEED)];
const timeoutMs = 60_000 + rounds * 10_000;

type Verify = (read: ReadSeries) => Promise<Verdict>;

/** What `aperto up` is told of a store, and how to read that store without Aperto. */
const engines = {
  duckdb: async (data: string) => ({
    words: [],
    environment: {},
    read: (verify: Verify) => readDuckDb(join(data, 'aperto.duckdb'), verify),
  }),
  influx: async () => {
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
  },
};

const chosen = Object.entries(engines).filter(([name]) => TORTURE_STORE.split(',').includes(name));

test.each(chosen)(
  `%s: ${rounds} kills lose no reading and store none twice`,
  { timeout: timeoutMs },
  async (name, open) => {
    const data = temporaryDirectory();
    const { read, ...options } = await open(data);
    const started = performance.now();
    const onRound = (round: number): void => {
      if (round % 20 === 0) process.stdout.write(`${name}: round ${round} of ${rounds}\n`);
    };
    const { ledger, sent, resent, exitCode, verify } = await torture({
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
    expect(exitCode).toBe(0);
    expect(imbalance(ledger)).toBe(0);
    expect(ledger).toMatchObject({ stored: sent, spooled: 0, quarantined: {}, refused: {} });
    expect(sent).toBeGreaterThan(rounds * 10);
    expect(resent).toBeGreaterThan(0);
    expect(await read(verify)).toEqual({ missing: [], doubled: [], foreign: [] });
  },
);
