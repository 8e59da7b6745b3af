import { afterAll, beforeAll, expect } from 'vitest';
import { seriesSchema } from '../../gateway/http/routes/series.ts';
import type { Point } from '../../model/point.ts';
import { openDuckDbStore } from '../../store/duckdb/duckdb-store.ts';
import type { Store } from '../../store/store.ts';
import { readJson } from './requests.ts';
import { seatPoint, startHttp, startOfTest } from './start.ts';

export const minuteMs = 60_000;
export const occupied = 'measurement=occupancy&field=occupied';
const path = '/api/v1/sites/via-rossini/series';

/** Thirty minutes from 08:00: S07 is taken in every third, S11 in every second; a probe and a meter beside them. */
const halfHour = (): Point[] =>
  Array.from({ length: 30 }, (_, minute) => {
    const time = startOfTest + minute * minuteMs;
    return [
      seatPoint('S07', 'teatro', time, minute % 3 === 0 ? 1 : 0),
      seatPoint('S11', 'portico', time, minute % 2 === 0 ? 1 : 0),
    ];
  }).flat();

const others: Point[] = [
  {
    measurement: 'probe',
    tags: { site: 'via-rossini', zone: 'teatro', device: 'P1', target: '=cmd,"x"' },
    fields: { latency_ms: 12.5 },
    time: startOfTest,
  },
  ...(['total', 'a'] as const).map(
    (phase): Point => ({
      measurement: 'power',
      tags: { site: 'via-rossini', zone: 'pergola', device: 'M8', phase },
      fields: { active_power_w: phase === 'total' ? -1_500.25 : -500 },
      time: startOfTest,
    }),
  ),
  {
    ...seatPoint('S07', 'teatro', startOfTest, 1),
    tags: { site: 'other', zone: 'z', device: 'S07', kind: 'seat' },
  },
];

/** A real store with those points, opened once for the tests of a file. */
export const useSeriesStore = () => {
  let store: Store;
  beforeAll(async () => {
    store = await openDuckDbStore({ path: ':memory:' });
    const { stored } = await store.write([...halfHour(), ...others]);
    expect(stored).toBe(64);
  });
  afterAll(() => store.close());

  /** The HTTP edge in front of it, at the end of that half hour. */
  return async () => {
    const started = await startHttp({ store });
    started.clock.ms = startOfTest + 30 * minuteMs;
    const get = (query: string, accept?: string): Promise<Response> =>
      fetch(`${started.url}${path}?${query}`, accept === undefined ? {} : { headers: { accept } });
    const read = async (query: string) => readJson(await get(query), seriesSchema);
    return { ...started, get, read };
  };
};
