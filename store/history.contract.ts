import { expect, test } from 'vitest';
import type { Point } from '../model/point.ts';
import type { RollupName } from '../model/rollup/rollups.ts';
import type { Histories, Replacement, SeriesColumns } from './history.ts';
import { everything, hour, minute, newSite, start, temperatures, weatherTags } from './samples.contract.ts';

const { NaN: absent } = Number;

/** A seat in quarter hours from `start` on. */
const seatColumns = (site: string, device: string, occupied: readonly number[]): SeriesColumns => ({
  tags: { site, zone: 'north', device },
  times: Float64Array.from(occupied, (_, index) => start + index * 15 * minute),
  fields: {
    valid_ms: Float64Array.from(occupied, () => 900_000),
    occupied_ms: Float64Array.from(occupied),
  },
});

const replacementOf = (site: string, series: readonly SeriesColumns[]): Replacement<RollupName> => ({
  measurement: 'seat_15m',
  tags: { site },
  from: start,
  to: start + hour,
  series,
});

const plain = (series: readonly SeriesColumns[]) =>
  series.map(({ tags, times, fields }) => ({
    device: tags.device,
    times: [...times].map((time) => (time - start) / minute),
    fields: Object.fromEntries(Object.entries(fields).map(([name, column]) => [name, [...column]])),
  }));

/** What both engines promise to those who work on the past. */
export const historyContract = (subject: () => Histories): void => {
  const scanSeats = (site: string) =>
    subject().rollup.scan({
      measurement: 'seat_15m',
      fields: ['occupied_ms', 'people_peak'],
      from: start,
      to: start + hour,
      tags: { site },
    });

  test('scan: columns of a span, also of points that have none of the fields; NaN where one is absent', async () => {
    const site = newSite();
    const { raw } = subject();
    const at = (index: number, fields: Point['fields']): Point => ({
      measurement: 'weather',
      tags: weatherTags(site),
      fields,
      time: start + index * minute,
    });
    await raw.write([
      at(2, { temperature_c: 3, humidity_pct: 50 }),
      at(0, { temperature_c: 1 }),
      at(1, { co2_ppm: 400 }),
      at(3, { humidity_pct: 60 }),
      at(4, { temperature_c: 9 }),
      ...temperatures(site, [7], 'A'),
    ]);
    const scan = await raw.scan({
      measurement: 'weather',
      fields: ['temperature_c', 'humidity_pct'],
      from: start,
      to: start + 4 * minute,
      tags: { site },
    });
    expect(plain(scan)).toEqual([
      { device: 'A', times: [0], fields: { temperature_c: [7], humidity_pct: [absent] } },
      {
        device: 'W1',
        times: [0, 1, 2, 3],
        fields: { temperature_c: [1, absent, 3, absent], humidity_pct: [absent, absent, 50, 60] },
      },
    ]);
    const none = {
      measurement: 'weather',
      fields: ['co2_ppm'],
      from: start,
      to: start,
      tags: { site },
    } as const;
    expect(await raw.scan(none)).toEqual([]);
  });

  test('replace: a second word takes the place of the first, also of what it leaves out', async () => {
    const site = newSite();
    const { rollup } = subject();
    const peak = { ...seatColumns(site, 'S1', [10, 20, 30]).fields, people_peak: Float64Array.of(1, 2, 3) };
    const first = { ...seatColumns(site, 'S1', [10, 20, 30]), fields: peak };
    await rollup.replace([replacementOf(site, [first, seatColumns(site, 'S2', [5])])]);
    await rollup.replace([replacementOf(site, [seatColumns(site, 'S1', [11, 21])])]);
    expect(plain(await scanSeats(site))).toEqual([
      { device: 'S1', times: [0, 15], fields: { occupied_ms: [11, 21], people_peak: [absent, absent] } },
    ]);
    await rollup.replace([replacementOf(site, [seatColumns(site, 'S1', [11, 21])])]);
    expect(plain(await scanSeats(site))).toHaveLength(1);
  });

  test('replace: other sites, devices and times stay', async () => {
    const [site, other] = [newSite(), newSite()];
    const { rollup } = subject();
    await rollup.replace([replacementOf(site, [seatColumns(site, 'S1', [1, 2, 3, 4])])]);
    await rollup.replace([replacementOf(other, [seatColumns(other, 'S1', [9])])]);
    const half = { ...replacementOf(site, [seatColumns(site, 'S1', [7])]), to: start + 30 * minute };
    await rollup.replace([half]);
    expect(plain(await scanSeats(site))[0]?.fields.occupied_ms).toEqual([7, 3, 4]);
    expect(plain(await scanSeats(other))[0]?.fields.occupied_ms).toEqual([9]);
    const one = {
      ...replacementOf(other, [seatColumns(other, 'S2', [5])]),
      tags: { site: other, device: 'S2' },
    };
    await rollup.replace([one]);
    expect(plain(await scanSeats(other)).map(({ device }) => device)).toEqual(['S1', 'S2']);
  });

  test('expire: what is older goes; other sites, the rest and the rollups stay', async () => {
    const [site, other] = [newSite(), newSite()];
    const { raw, rollup } = subject();
    await raw.write([...temperatures(site, [1, 2, 3]), ...temperatures(other, [4, 5, 6])]);
    await rollup.replace([replacementOf(site, [seatColumns(site, 'S1', [1])])]);
    await raw.expire('weather', site, start + minute);
    const left = async (of: string) => (await everything(raw, 'weather', 'temperature_c', of))[0]?.points;
    expect(await left(site)).toEqual([
      [start + minute, 2],
      [start + 2 * minute, 3],
    ]);
    expect(await left(other)).toHaveLength(3);
    expect(await scanSeats(site)).toHaveLength(1);
    await rollup.expire('seat_15m', site, start + minute);
    expect(await scanSeats(site)).toEqual([]);
    await raw.write(temperatures(site, [8]));
    expect(await left(site)).toHaveLength(3);
  });
};
