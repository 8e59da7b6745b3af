import { KpiReader } from '../../kpi/query/reader.ts';
import { Marks } from '../../kpi/rollup/marks.ts';
import { Retention } from '../../kpi/rollup/retention.ts';
import { Roller } from '../../kpi/rollup/roller.ts';
import type { Site } from '../../model/site.ts';
import { openDuckDbHistories } from '../../store/duckdb/duckdb-store.ts';
import type { Histories } from '../../store/history.ts';
import { openInfluxHistories } from '../../store/influx/influx-store.ts';
import { startInflux } from '../services/influx.ts';

/** Both engines, to be told the same. */
export const openBoth = async () => {
  const influx = await startInflux();
  const all: Readonly<Record<'duckdb' | 'influx', Histories>> = {
    duckdb: await openDuckDbHistories({ path: ':memory:' }),
    influx: await openInfluxHistories(influx),
  };
  return {
    all,
    influx,
    stop: async (): Promise<void> => {
      await Promise.all(Object.values(all).flatMap(({ raw, rollup }) => [raw.close(), rollup.close()]));
      await influx.dropDatabase(`${influx.database}_rollup`);
      await influx.stop();
    },
  };
};

/** All that works on the history of one store, at a time that the test sets. */
export const keep = (histories: Histories, site: Site, marks = Marks.open(':memory:')) => {
  const clock = { ms: 0, now: () => clock.ms };
  const warnings: string[] = [];
  const common = { ...histories, marks, sites: new Map([[site.id, site]]), clock };
  const log = { warn: (_: object, message: string) => void warnings.push(message) };
  return {
    clock,
    marks,
    warnings,
    roller: new Roller({ ...common, log }),
    retention: new Retention(common),
    reader: new KpiReader(common),
  };
};
