import { expect, it } from 'vitest';
import type { KpiAnswer, KpiQuery } from '../../../kpi/query/reader.ts';
import type { Site } from '../../../model/site.ts';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { type BuiltHttp, seatPoint, startHttp, startOfTest, viaRossini } from '../../../test/http/start.ts';
import { publicViewSchema } from '../public-view.ts';
import { Tokens } from '../tokens.ts';

const read = async (url: string) =>
  readJson(await fetch(`${url}/api/v1/sites/via-rossini/public`), publicViewSchema);

/** The street with some of its seats alone. */
const withSeats = (keep: (zone: string, index: number) => boolean): Site => {
  const site = viaRossini();
  const seats = site.seats.filter(({ zone }, index) => keep(zone, index));
  const kept = new Set(seats.map(({ id }) => id));
  const devices = new Map([...site.devices].filter(([id, { kind }]) => kind !== 'seat' || kept.has(id)));
  return { ...site, seats, devices };
};

/** Every seat says something; the first ones are taken. */
const sit = ({ say, site }: BuiltHttp, taken: number): void => {
  for (const [index, { id, zone }] of site.seats.entries())
    say('seat', seatPoint(id, zone, startOfTest, index < taken ? 1 : 0));
};

it('tells anybody how many seats are free, by zone, and needs no token', async () => {
  const started = await startHttp({ tokens: new Tokens({ token: 'a-token-of-this-test' }) });
  sit(started, 12);
  const { seats, zones, weather, wifi } = await read(started.url);
  expect(seats).toEqual({ seats: 48, free: 36, taken: 12, unknown: 0 });
  expect(zones.map(({ id, free, taken }) => [id, free, taken])).toEqual([
    ['teatro', 0, 10],
    ['portico', 7, 2],
    ['giardino', 10, 0],
    ['pergola', 11, 0],
    ['fontana', 8, 0],
  ]);
  expect(weather).toEqual({});
  expect(wifi).toEqual({ state: 'unknown', accessPoints: 6, up: 0 });
});

it('counts a seat that fell silent as unknown, and keeps an answer for five seconds', async () => {
  const started = await startHttp();
  sit(started, 0);
  const before = await fetch(`${started.url}/api/v1/sites/via-rossini/public`);
  expect(before.headers.get('cache-control')).toBe('public, max-age=5');
  expect((await read(started.url)).seats.free).toBe(48);
  started.clock.ms += 4_000;
  sit(started, 48);
  expect((await read(started.url)).seats.free).toBe(48);
  started.clock.ms += 601_000;
  expect((await read(started.url)).seats).toEqual({ seats: 48, free: 0, taken: 0, unknown: 48 });
});

it('tells no number of a zone of four seats, nor of the next smallest, which a total would give away', async () => {
  const few = withSeats((zone, index) => zone !== 'teatro' || index < 4);
  const started = await startHttp({ sites: new Map([[few.id, few]]) });
  sit({ ...started, site: few }, 1);
  const { seats, zones } = await read(started.url);
  expect(seats).toEqual({ seats: 42, free: 41, taken: 1, unknown: 0 });
  const told = zones.filter((zone) => zone.free !== undefined).map(({ id }) => id);
  expect(told).toEqual(['portico', 'giardino', 'pergola']);
});

it('tells nothing at all of a place of four seats', async () => {
  const few = withSeats((_zone, index) => index < 4);
  const { url } = await startHttp({ sites: new Map([[few.id, few]]) });
  const { seats, zones } = await read(url);
  expect(seats).toEqual({ seats: 4 });
  expect(zones.filter((zone) => zone.free !== undefined)).toEqual([]);
});

it('tells how busy it usually is on this weekday, in the public scope and asked for once', async () => {
  const queries: KpiQuery[] = [];
  const figures = async (_site: string, query: KpiQuery): Promise<KpiAnswer> => {
    queries.push(query);
    const row = { validMinutes: 60, coverage: 1 };
    const rows = [
      { ...row, by: { statistic: 'cell', weekday: '2', hour: '10' }, value: 0.625 },
      { ...row, by: { statistic: 'cell', weekday: '3', hour: '10' }, value: 0.125 },
      { ...row, by: { statistic: 'hour', hour: '11' }, value: 0.25 },
    ];
    return { kpi: 'busiest', unit: '1', from: query.from, to: query.to, rows };
  };
  const started = await startHttp({ figures: { figures, rollups: async () => [] } });
  const { usual } = await read(started.url);
  // 08:00 UTC on a Tuesday of June is 10:00 in Pesaro.
  expect([usual.weekday, usual.hour]).toEqual([2, 10]);
  expect(usual.hours.filter(({ occupied }) => occupied !== undefined)).toEqual([
    { hour: 10, occupied: 0.625 },
  ]);
  started.clock.ms += 60_000;
  await read(started.url);
  expect(queries.map(({ kpi, scope }) => [kpi, scope])).toEqual([['busiest', 'public']]);
});

it('knows no other site', async () => {
  const { url } = await startHttp();
  await readProblem(await fetch(`${url}/api/v1/sites/nowhere/public`), 404);
});
