import { expect, test } from 'vitest';
import type { Point } from '../../model/point.ts';
import { openDuckDbHistories } from '../../store/duckdb/duckdb-store.ts';
import { keep } from '../../test/kpi/histories.ts';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { findAnomalies } from './find.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Midnight in Pesaro, a Monday. */
const start = Date.parse('2026-06-15T00:00:00+02:00');
const days = 8;

const every = (stepMs: number, of: (time: number) => Point | undefined): Point[] =>
  Array.from({ length: (days * day) / stepMs }, (_, index) => start + index * stepMs).flatMap(
    (time) => of(time) ?? [],
  );
const hourOf = (time: number): number => ((time - start) / hour) % 24;
const dayOf = (time: number): number => Math.floor((time - start) / day);
const isOpen = (time: number): boolean => hourOf(time) >= 8 && hourOf(time) < 18;

const seat = (
  zone: string,
  device: string,
  taken: (time: number) => boolean,
  heard = (_: number) => true,
): Point[] =>
  every(5 * minute, (time) =>
    heard(time)
      ? {
          measurement: 'occupancy',
          tags: { site: site.id, zone, device, kind: 'seat' },
          fields: { occupied: Number(taken(time)) },
          time,
        }
      : undefined,
  );

/** 1 kW; 4 kW from one to three in the night before the third day. */
let wh = 1_000_000;
const meter = every(minute, (time) => {
  const kw = dayOf(time) === 2 && hourOf(time) >= 1 && hourOf(time) < 3 ? 4 : 1;
  const point: Point = {
    measurement: 'power',
    tags: { site: site.id, zone: 'teatro', device: 'M1', phase: 'total' },
    fields: { energy_import_wh: wh, active_power_w: kw * 1000 },
    time,
  };
  wh += (kw * 1000) / 60;
  return point;
});

const accessPoint = every(minute, (time) =>
  dayOf(time) === 3 && hourOf(time) >= 9 && hourOf(time) < 11
    ? undefined
    : {
        measurement: 'access_point',
        tags: { site: site.id, zone: 'teatro', device: 'AP1' },
        fields: { clients: 3, uptime_s: 90_000, uplink_mbit_s: 1000 },
        time,
      },
);

const others = site.seats.filter(({ id }) => !['S01', 'S02', 'S03'].includes(id));

test('a week with one of nearly each kind', async () => {
  const histories = await openDuckDbHistories({ path: ':memory:' });
  const { clock, roller, reader } = keep(histories, site);
  const points = [
    // Something lies on S01 on the fifth day; S02 is stuck at free; S03 is silent from noon to three on the second day.
    ...seat('teatro', 'S01', (time) => isOpen(time) || dayOf(time) === 4),
    ...seat('teatro', 'S02', () => false),
    ...seat(
      'teatro',
      'S03',
      isOpen,
      (time) => !(dayOf(time) === 1 && hourOf(time) >= 12 && hourOf(time) < 15),
    ),
    ...others.flatMap(({ zone, id }) => seat(zone, id, (time) => isOpen(time) && hourOf(time) < 9)),
    ...meter,
    ...accessPoint,
  ];
  await histories.raw.write(points);
  roller.noteStored(points);
  clock.ms = start + days * day + hour;
  await roller.catchUp();
  const source = { figures: reader.read.bind(reader) };
  const found = await findAnomalies(source, site, { from: start, to: start + days * day });
  const known = new Set(['S01', 'S02', 'S03', 'M1', 'AP1']);
  const told = found
    .filter(({ by }) => by.device === undefined || known.has(by.device))
    .filter(({ kind }) => kind !== 'over_capacity')
    .map(({ kind, by, from, to, isOpen: open, evidence }) => [
      kind,
      by,
      (from - start) / hour,
      (to - start) / hour,
      open,
      evidence.value,
    ])
    .toSorted(([a], [b]) => String(a).localeCompare(String(b)));
  expect(told).toEqual([
    ['ap_down', { device: 'AP1' }, 3 * 24 + 9, 3 * 24 + 11, false, 60],
    ['power_at_night', {}, 2 * 24 + 1, 2 * 24 + 3, false, expect.closeTo(4, 6)],
    ['seat_always_taken', { seat: 'S01' }, 4 * 24, 5 * 24, false, 1],
    ['silent_device', { device: 'AP1' }, 3 * 24 + 10, 3 * 24 + 11, false, 0],
    ['silent_device', { device: 'S03' }, 24 + 13, 24 + 15, false, 0],
    ['stuck_sensor', { seat: 'S02' }, 0, days * 24, true, 0],
  ]);
  // Seats alone fill no zone: its capacity is of people who stand, too.
  expect(found.filter(({ kind }) => kind === 'over_capacity')).toEqual([]);
  expect(found.every(({ advice }) => advice.it !== '' && advice.en !== '')).toBe(true);
  await histories.raw.close();
});
