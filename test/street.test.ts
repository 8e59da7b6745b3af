import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { imbalance } from '../ingest/ledger.ts';
import { definitionOf, isMeasurementName, measurementNames, tagsOf } from '../model/measurements.ts';
import { parseSite } from '../model/site.ts';
import { messages } from '../simulators/messages.ts';
import { simulate } from '../simulators/simulate.ts';
import { openDuckDbStore } from '../store/duckdb/duckdb-store.ts';
import { openInfluxStore } from '../store/influx/influx-store.ts';
import type { Store } from '../store/store.ts';
import { type Influx, startInflux } from './services/influx.ts';
import { startAperto, temporaryDirectory } from './support/aperto.ts';
import { expectedFigures } from './support/figures.ts';

const siteFile = 'sites/via-rossini.yaml';
const site = parseSite(readFileSync(siteFile, 'utf8'), siteFile);
/** An hour of a working morning. */
const from = Date.parse('2026-06-23T08:00:00Z');
const to = from + 3_600_000;
const seed = 20;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let influx: Influx;
beforeAll(async () => {
  directory = await temporaryDirectory();
  influx = await startInflux();
});
afterAll(async () => {
  await influx.stop();
  await directory.remove();
});

/** Every figure of the store by its identity: measurement, field, tags and time. */
const readFigures = async (store: Store): Promise<Map<string, number>> => {
  const figures = new Map<string, number>();
  for (const measurement of measurementNames) {
    for (const field of Object.keys(definitionOf(measurement).fields)) {
      for (let start: number | undefined = from; start !== undefined; ) {
        const page = await store.range({
          measurement,
          field,
          from: start,
          to,
          tags: { site: site.id },
          limit: 10_000,
        });
        for (const { tags, points } of page.series) {
          for (const [time, value] of points) figures.set(figureKey(measurement, field, tags, time), value);
        }
        start = page.next;
      }
    }
  }
  return figures;
};

const figureKey = (
  measurement: string,
  field: string,
  tags: Readonly<Record<string, string>>,
  time: number,
): string => {
  const names = isMeasurementName(measurement) ? tagsOf(measurement) : [];
  return [measurement, field, time, ...names.map((name) => tags[name] ?? '')].join(' ');
};

const engines = {
  DuckDB: () => ({
    data: `${directory.path}/duckdb`,
    parameters: [],
    environment: {},
    open: () => openDuckDbStore({ path: `${directory.path}/duckdb/aperto.duckdb` }),
  }),
  InfluxDB: () => ({
    data: `${directory.path}/influx`,
    parameters: ['--store', 'influx'],
    environment: {
      INFLUX_URL: influx.url,
      INFLUX_BUCKET: influx.database,
      ...(influx.token === undefined ? {} : { INFLUX_TOKEN: influx.token }),
      ...(influx.org === undefined ? {} : { INFLUX_ORG: influx.org }),
    },
    open: () => openInfluxStore(influx),
  }),
};

describe.each(Object.entries(engines))('an hour of the street into %s', (_engine, settings) => {
  it('stands in the store exactly once, each reading with its value, and the books balance', async () => {
    const { data, parameters, environment, open } = settings();
    const aperto = await startAperto({ data, parameters, environment });
    const done = await simulate({ broker: aperto.mqtt, site, from, to, seed });
    const published = [...messages({ site, from, to, seed })];
    expect(done).toMatchObject({ published: published.length, acked: published.length, failed: 0 });

    await vi.waitFor(async () => expect((await aperto.ledger()).spooled).toBe(0), { timeout: 30_000 });
    const ledger = await aperto.ledger();
    expect(ledger).toMatchObject({ received: published.length, stored: published.length, duplicate: 0 });
    expect(imbalance(ledger)).toBe(0);
    expect(await aperto.stop()).toBe(0);

    const store = await open();
    const figures = await readFigures(store);
    await store.close();
    const expected = expectedFigures(site, published, figureKey);
    expect(expected.size).toBeGreaterThan(50_000);
    expect([...expected].filter(([key, value]) => figures.get(key) !== value)).toEqual([]);
    expect([...figures.keys()].filter((key) => !expected.has(key))).toEqual([]);
  });
});
