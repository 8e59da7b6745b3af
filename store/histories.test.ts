import { afterAll, beforeAll, describe } from 'vitest';
import { startInflux } from '../test/services/influx.ts';
import { openDuckDbHistories } from './duckdb/duckdb-store.ts';
import { historyContract } from './history.contract.ts';
import type { Histories } from './history.ts';
import { openInfluxHistories } from './influx/influx-store.ts';

interface Opened extends Histories {
  stop(): Promise<void>;
}

const engines: Readonly<Record<string, () => Promise<Opened>>> = {
  DuckDB: async () => {
    const histories = await openDuckDbHistories({ path: ':memory:' });
    return { ...histories, stop: () => histories.raw.close() };
  },
  InfluxDB: async () => {
    const influx = await startInflux();
    const histories = await openInfluxHistories(influx);
    return {
      ...histories,
      stop: async () => {
        await Promise.all([histories.raw.close(), histories.rollup.close()]);
        await influx.dropDatabase(`${influx.database}_rollup`);
        await influx.stop();
      },
    };
  },
};

describe.each(Object.entries(engines))('%s', (_, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.stop());
  historyContract(() => opened);
});
