import { describe, expect, it } from 'vitest';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { minuteMs, occupied, useSeriesStore } from '../../../test/http/series.ts';
import { startOfTest } from '../../../test/http/start.ts';
import { seriesSchema } from './series.ts';

const start = useSeriesStore();

describe('raw values', () => {
  it('gives the last 24 hours of a field, by series and in order of time', async () => {
    const { read } = await start();
    const answer = await read(occupied);
    expect([answer.measurement, answer.field, answer.unit, answer.next]).toEqual([
      'occupancy',
      'occupied',
      'bool',
      undefined,
    ]);
    expect(answer.series.map(({ tags, points }) => [tags, points.length])).toEqual([
      [{ site: 'via-rossini', zone: 'portico', device: 'S11', kind: 'seat' }, 30],
      [{ site: 'via-rossini', zone: 'teatro', device: 'S07', kind: 'seat' }, 30],
    ]);
    expect(answer.series[1]?.points.slice(0, 4)).toEqual([
      ['2026-06-23T08:00:00.000Z', 1],
      ['2026-06-23T08:01:00.000Z', 0],
      ['2026-06-23T08:02:00.000Z', 0],
      ['2026-06-23T08:03:00.000Z', 1],
    ]);
  });

  it.each([
    ['device=S07', ['S07']],
    ['zone=portico', ['S11']],
    ['device=S07&zone=portico', []],
    ['kind=seat', ['S11', 'S07']],
    ['kind=counter', []],
  ])('narrows by %s', async (query, devices) => {
    const { read } = await start();
    const { series } = await read(`${occupied}&${query}`);
    expect(series.map(({ tags }) => tags.device)).toEqual(devices);
  });

  it("narrows by the measurement's own tag", async () => {
    const { read } = await start();
    const { series, unit } = await read('measurement=power&field=active_power_w&phase=total');
    expect(unit).toBe('W');
    expect(series.map(({ tags, points }) => [tags.phase, points[0]?.[1]])).toEqual([['total', -1_500.25]]);
  });

  it.each([
    ['from=2026-06-23T08:10:00Z&to=2026-06-23T08:12:00Z', 2],
    ['from=2026-06-23T10:10:00%2B02:00&to=2026-06-23T10:12:00+02:00', 2],
    [`from=${startOfTest}&to=${startOfTest + 1}`, 1],
    ['to=2026-06-23T08:01:00Z', 1],
    ['from=2026-06-23T08:29:00Z', 1],
    ['to=2026-06-23T08:00:00Z', 0],
  ])('takes the time range %s: from inclusive, to exclusive', async (range, count) => {
    const { read } = await start();
    const { series } = await read(`${occupied}&device=S07&${range}`);
    expect(series.flatMap(({ points }) => points)).toHaveLength(count);
  });
});

describe('windows', () => {
  it.each([
    ['mean', 'bool', [1 / 3, 1 / 3]],
    ['sum', 'bool', [5, 5]],
    ['count', '1', [15, 15]],
    ['max', 'bool', [1, 1]],
    ['min', 'bool', [0, 0]],
    ['last', 'bool', [0, 0]],
  ])('gives the %s of each quarter of an hour', async (agg, unit, values) => {
    const { read } = await start();
    const answer = await read(`${occupied}&device=S07&every=PT15M&agg=${agg}`);
    expect(answer.unit).toBe(unit);
    expect(answer.series[0]?.points).toEqual([
      ['2026-06-23T08:00:00.000Z', expect.closeTo(values[0] ?? Number.NaN, 12)],
      ['2026-06-23T08:15:00.000Z', expect.closeTo(values[1] ?? Number.NaN, 12)],
    ]);
  });

  it('leaves windows without values out', async () => {
    const { read } = await start();
    const { series } = await read(
      'measurement=probe&field=latency_ms&every=PT1S&agg=mean&from=2026-06-23T07:59:00Z',
    );
    expect(series[0]?.points).toEqual([['2026-06-23T08:00:00.000Z', 12.5]]);
  });
});

describe('pages', () => {
  const collect = async (query: string, limit: number) => {
    const { get, url, clock } = await start();
    const pages: string[][] = [];
    let response = await get(`${query}&limit=${limit}`);
    for (;;) {
      const { series, next } = await readJson(response.clone(), seriesSchema);
      pages.push(
        series.flatMap(({ tags, points }) =>
          points.map(([time, value]) => `${time} ${tags.device} ${value}`),
        ),
      );
      const link = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      if (next === undefined) {
        expect(link).toBeUndefined();
        return pages;
      }
      expect(new URL(`${url}${link}`).searchParams.get('cursor')).toBe(next);
      clock.ms += 3_600_000;
      response = await fetch(`${url}${link}`);
    }
  };

  it.each([
    [occupied, 7],
    [`${occupied}&from=2026-06-23T08:00:00Z`, 20],
    [`${occupied}&every=PT1M&agg=last`, 8],
  ])('gives each value of %s once, %i at a time, without splitting an instant', async (query, limit) => {
    const pages = await collect(query, limit);
    expect(pages.length).toBe(Math.ceil(60 / (limit - (limit % 2))));
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
    const all = pages.flat();
    expect(new Set(all).size).toBe(60);
    for (const page of pages) {
      const times = page.map((row) => row.slice(0, 24));
      for (const other of pages) {
        if (other !== page) expect(other.filter((row) => times.includes(row.slice(0, 24)))).toEqual([]);
      }
    }
  });

  it('keeps the range that the first page settled', async () => {
    const { read, clock } = await start();
    clock.ms = startOfTest + 10 * minuteMs;
    const first = await read(`${occupied}&device=S07&limit=5`);
    clock.ms = startOfTest + 20 * minuteMs;
    const second = await read(`${occupied}&device=S07&limit=100&cursor=${first.next}`);
    expect(second.series[0]?.points.map(([time]) => time.slice(14, 16))).toEqual([
      '05',
      '06',
      '07',
      '08',
      '09',
    ]);
    expect(second.next).toBeUndefined();
  });

  it('binds a cursor to its query', async () => {
    const { get, read } = await start();
    const { next } = await read(`${occupied}&limit=2`);
    const other = await readProblem(await get(`${occupied}&device=S07&cursor=${next}`), 400);
    expect(other.detail).toContain('cursor: belongs to another query');
    const forged = await readProblem(await get(`${occupied}&cursor=abc`), 400);
    expect(forged.detail).toContain('cursor: not one of ours');
  });
});
