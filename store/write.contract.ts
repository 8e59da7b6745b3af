import { expect, test } from 'vitest';
import { definitionOf, measurementNames, tagsOf } from '../model/measurements.ts';
import {
  everything,
  hour,
  minute,
  newSite,
  pointAt,
  seatTags,
  start,
  temperatures,
  weatherTags,
} from './samples.contract.ts';
import type { Subject } from './store.contract.ts';

export const writeContract = (subject: Subject): void => {
  test('an empty batch is stored at once', async () => {
    expect(await subject().write([])).toEqual({ stored: 0, rejected: [] });
  });

  test.each(measurementNames)(
    'every field and tag of %s comes back as it was written',
    async (measurement) => {
      const { fields, tags } = definitionOf(measurement);
      const site = newSite();
      const ownTags = Object.entries(tags).map(([name, values]) => [name, values?.at(-1) ?? 'a.example:443']);
      const point = pointAt(
        measurement,
        { site, zone: 'z', device: 'd', ...Object.fromEntries(ownTags) },
        start,
        Object.fromEntries(
          Object.entries(fields).map(([name, { type, min, max }]) => [
            name,
            type === 'integer' ? max : min + (max - min) / 3,
          ]),
        ),
      );
      expect(await subject().write([point])).toEqual({ stored: 1, rejected: [] });
      for (const [field, value] of Object.entries(point.fields)) {
        const series = await everything(subject(), measurement, field, site);
        expect(series).toEqual([{ tags: point.tags, points: [[start, value]] }]);
        expect(Object.keys(series[0]?.tags ?? {})).toEqual(tagsOf(measurement));
      }
    },
  );

  test('writing a batch again changes nothing', async () => {
    const site = newSite();
    const points = [...temperatures(site, [1, 2, 3]), ...temperatures(site, [4, 5], 'W2')];
    expect(await subject().write(points)).toEqual({ stored: 5, rejected: [] });
    const before = await everything(subject(), 'weather', 'temperature_c', site);
    expect(await subject().write(points)).toEqual({ stored: 5, rejected: [] });
    expect(await subject().write(points.toReversed())).toEqual({ stored: 5, rejected: [] });
    expect(await everything(subject(), 'weather', 'temperature_c', site)).toEqual(before);
    expect(before.flatMap((series) => series.points)).toHaveLength(5);
  });

  test('a point that is there is merged field by field, and the later word wins', async () => {
    const site = newSite();
    const tags = weatherTags(site);
    await subject().write([pointAt('weather', tags, start, { temperature_c: 20, humidity_pct: 50 })]);
    await subject().write([pointAt('weather', tags, start, { humidity_pct: 60, co2_ppm: 410 })]);
    const pointsOf = async (field: string) =>
      (await everything(subject(), 'weather', field, site))[0]?.points;
    expect(await pointsOf('temperature_c')).toEqual([[start, 20]]);
    expect(await pointsOf('humidity_pct')).toEqual([[start, 60]]);
    expect(await pointsOf('co2_ppm')).toEqual([[start, 410]]);
    expect(await pointsOf('wind_m_s')).toBeUndefined();
  });

  test('repeats within one batch are merged in their order', async () => {
    const site = newSite();
    const tags = seatTags(site);
    const batch = [
      pointAt('occupancy', tags, start, { occupied: 0, people: 1 }),
      pointAt('occupancy', tags, start + 1, { occupied: 0 }),
      pointAt('occupancy', tags, start, { occupied: 1 }),
      pointAt('occupancy', tags, start, { dwell_s: 2.5 }),
    ];
    expect(await subject().write(batch)).toEqual({ stored: 4, rejected: [] });
    const occupied = await everything(subject(), 'occupancy', 'occupied', site);
    expect(occupied).toEqual([
      {
        tags,
        points: [
          [start, 1],
          [start + 1, 0],
        ],
      },
    ]);
    expect((await everything(subject(), 'occupancy', 'people', site))[0]?.points).toEqual([[start, 1]]);
    expect((await everything(subject(), 'occupancy', 'dwell_s', site))[0]?.points).toEqual([[start, 2.5]]);
  });

  test('late points, near and far, take their place beside fresh ones', async () => {
    const site = newSite();
    await subject().write(temperatures(site, [10, 11, 12]));
    const at = (time: number, temperature_c: number) =>
      pointAt('weather', weatherTags(site), time, { temperature_c });
    const late = [
      at(start + 3 * minute, 13),
      at(start + 30_000, 10.5),
      at(start - 40 * 24 * hour, -1),
      at(start - 2 * hour, 8),
      at(start + minute, 99),
    ];
    expect(await subject().write(late)).toEqual({ stored: 5, rejected: [] });
    const [series] = await everything(subject(), 'weather', 'temperature_c', site);
    expect(series?.points).toEqual([
      [start - 40 * 24 * hour, -1],
      [start - 2 * hour, 8],
      [start, 10],
      [start + 30_000, 10.5],
      [start + minute, 99],
      [start + 2 * minute, 12],
      [start + 3 * minute, 13],
    ]);
  });

  test.each([
    ['beyond 2^31', 'in_total', 4_294_967_294],
    ['beyond 2^32', 'people', 123_456_789_012],
    ['the greatest safe integer', 'people', Number.MAX_SAFE_INTEGER],
    ['the least safe integer', 'people', Number.MIN_SAFE_INTEGER],
    ['a tiny float', 'dwell_s', 5e-324],
    ['a float of many digits', 'dwell_s', 0.1 + 0.2],
    ['a negative float', 'dwell_s', -1234.5678901234567],
    ['a huge float', 'dwell_s', 1.7976931348623157e308],
    ['minus zero, which is zero', 'dwell_s', -0],
  ])('%s keeps its value', async (_, field, value) => {
    const site = newSite();
    await subject().write([pointAt('occupancy', seatTags(site), start, { [field]: value })]);
    const [series] = await everything(subject(), 'occupancy', field, site);
    expect(series?.points).toEqual([[start, value + 0]]);
  });

  test.each([
    'a b',
    'a,b=c',
    'say "x"',
    "l'oro",
    'back\\slash',
    'a\\\\b',
    'café ☕ 🌤',
    "'; DROP DATABASE x; --",
    ' a ',
    '#1',
    'ü'.repeat(200),
  ])('the tag value %j comes back and can be asked for', async (value) => {
    const site = newSite();
    const tags = { site, zone: value, device: 'd', target: value };
    const other = { ...tags, zone: 'another' };
    await subject().write([
      pointAt('probe', tags, start, { latency_ms: 1 }),
      pointAt('probe', other, start, { latency_ms: 2 }),
    ]);
    const query = {
      measurement: 'probe',
      field: 'latency_ms',
      from: start,
      to: start + 1,
      limit: 10,
    } as const;
    const asked = await subject().range({ ...query, tags: { site, zone: value, target: value } });
    expect(asked.series).toEqual([{ tags, points: [[start, 1]] }]);
    expect(
      (await everything(subject(), 'probe', 'latency_ms', site)).map(({ tags }) => tags.zone).sort(),
    ).toEqual(['another', value].sort());
  });

  test('an empty tag is an absent tag', async () => {
    const site = newSite();
    await subject().write([pointAt('weather', { site, zone: '', device: 'd' }, start, { temperature_c: 1 })]);
    await subject().write([pointAt('weather', { site, device: 'd' }, start, { temperature_c: 2 })]);
    expect(await everything(subject(), 'weather', 'temperature_c', site)).toEqual([
      { tags: { site, device: 'd' }, points: [[start, 2]] },
    ]);
  });

  test('what no store can hold is rejected by its place, and the rest is stored', async () => {
    const site = newSite();
    const good = temperatures(site, [1, 2]);
    const tags = weatherTags(site);
    const bad = [
      pointAt('weather', tags, start, { temperature_c: Number.NaN }),
      pointAt('weather', tags, start, { temperature_c: Number.POSITIVE_INFINITY }),
      pointAt('weather', tags, start, {}),
      pointAt('weather', tags, start, { wings: 2 }),
      pointAt('weather', { ...tags, colour: 'red' }, start, { temperature_c: 1 }),
      pointAt('weather', { ...tags, zone: 'two\nlines' }, start, { temperature_c: 1 }),
      pointAt('weather', { ...tags, zone: 'ends in \\' }, start, { temperature_c: 1 }),
      pointAt('weather', { ...tags, zone: 'x'.repeat(257) }, start, { temperature_c: 1 }),
      pointAt('weather', tags, start + 0.5, { temperature_c: 1 }),
      pointAt('weather', tags, -1, { temperature_c: 1 }),
      pointAt('weather', tags, Number.NaN, { temperature_c: 1 }),
      pointAt('occupancy', seatTags(site), start, { people: 1.5 }),
      pointAt('occupancy', seatTags(site), start, { people: 2 ** 53 }),
    ];
    const result = await subject().write([...good.slice(0, 1), ...bad, ...good.slice(1)]);
    expect(result.stored).toBe(2);
    expect(result.rejected.map(({ index }) => index)).toEqual(bad.map((_, index) => index + 1));
    expect(result.rejected.map(({ reason }) => reason.length > 10)).toEqual(bad.map(() => true));
    expect((await everything(subject(), 'weather', 'temperature_c', site))[0]?.points).toHaveLength(2);
    expect(await everything(subject(), 'occupancy', 'people', site)).toEqual([]);
  });
};
