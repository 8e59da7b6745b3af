import { afterAll, beforeAll, expect, test } from 'vitest';
import { Heard } from '../../kpi/rollup/heard.ts';
import { MarkListener } from '../../kpi/rollup/mark-listener.ts';
import { MarkTeller } from '../../kpi/rollup/mark-teller.ts';
import { Marks } from '../../kpi/rollup/marks.ts';
import { notePoints } from '../../kpi/rollup/note.ts';
import type { Point } from '../../model/point.ts';
import type { Histories, SeriesColumns } from '../../store/history.ts';
import { openInfluxHistories } from '../../store/influx/influx-store.ts';
import { type Influx, startInflux } from '../services/influx.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { viaRossini as site } from '../support/via-rossini.ts';
import { keep } from './histories.ts';

const minute = 60_000;
const start = Date.UTC(2026, 5, 23, 8);
const span = { from: start, to: start + 2 * 60 * minute };
const sites = new Map([[site.id, site]]);

let influx: Influx;
let histories: Histories;
beforeAll(async () => {
  influx = await startInflux();
});
afterAll(() => influx.stop());

const freshDatabase = async (): Promise<void> => {
  const database = await influx.createDatabase();
  histories = await openInfluxHistories({ ...influx, database });
};

/** A worker that stores points and tells of them; `path` outlives it. */
const worker = (name: string, clock: { now(): number }, path = `${temporaryDirectory()}/rollup.db`) => {
  const marks = Marks.open(path);
  const teller = new MarkTeller({ marks, rollup: histories.rollup, worker: name, clock });
  return {
    path,
    marks,
    teller,
    store: async (points: readonly Point[]): Promise<void> => {
      await histories.raw.write(points);
      notePoints(marks, sites, points, clock.now());
    },
  };
};

/** The worker that makes the windows. */
const owner = (path = `${temporaryDirectory()}/rollup.db`) => {
  const kept = keep(histories, site, Marks.open(path));
  const heard = new Heard(path);
  const listener = new MarkListener({ ...kept, rollup: histories.rollup, sites, heard });
  kept.clock.ms = span.to + 60 * minute;
  return {
    ...kept,
    path,
    heard,
    listener,
    catchUp: async (): Promise<void> => {
      await listener.listenToAll();
      await kept.roller.catchUp();
    },
    close: (): void => {
      heard.close();
      kept.marks.close();
    },
  };
};

const seatAt = (device: string, minutes: number, occupied: number): Point => ({
  measurement: 'occupancy',
  tags: { site: site.id, zone: 'teatro', device, kind: 'seat' },
  fields: { occupied },
  time: start + minutes * minute,
});
/** Taken in each first half hour, told every minute. */
const seat = (device: string, from = 0, to = 120): Point[] =>
  Array.from({ length: to - from }, (_, index) =>
    seatAt(device, from + index, Number((from + index) % 60 < 30)),
  );

const occupiedMinutes = async (window: '15m' | '1h' = '15m') => {
  const series = await histories.rollup.scan({
    measurement: `seat_${window}`,
    fields: ['occupied_ms'],
    tags: { site: site.id },
    ...span,
  });
  return Object.fromEntries(series.map((columns) => [columns.tags.device, minutesIn(columns)]));
};
const minutesIn = ({ fields }: SeriesColumns): readonly number[] =>
  [...(fields.occupied_ms ?? [])].map((ms) => ms / minute);

const whole = [15, 15, 0, 0, 15, 15, 0, 0];

test('one makes windows of what all have stored, late data of the others too', async () => {
  await freshDatabase();
  const maker = owner();
  const [east, west] = [worker('east', maker.clock), worker('west', maker.clock)];
  // A broker shares the messages of a device among the workers: each has a part of every quarter hour.
  const all = [...seat('S01'), ...seat('S02')];
  await east.store(all.filter((_, index) => index % 2 === 0));
  await east.teller.tellAll();
  await maker.catchUp();
  await west.store(all.filter((_, index) => index % 2 === 1 && index !== 5));
  expect(maker.roller.watermark(site.id)).toBe(span.to + 60 * minute);
  await west.teller.tellAll();
  await maker.listener.listenToAll();
  expect(maker.roller.watermark(site.id)).toBe(start);
  await maker.roller.catchUp();
  expect(await occupiedMinutes()).toEqual({ S01: whole, S02: whole });

  await east.store([seatAt('S02', 50.5, 1)]);
  await east.teller.tellAll();
  await maker.catchUp();
  expect((await occupiedMinutes()).S02).toEqual([15, 15, 0, 0.5, 15, 15, 0, 0]);
  expect(await occupiedMinutes('1h')).toEqual({ S01: [30, 30], S02: [30.5, 30] });
  // What was heard is not made again.
  await maker.listener.listenToAll();
  expect(maker.marks.count).toBe(0);
  maker.close();
});

test('the one who makes them dies: what was told meanwhile is made by the next, with its disk or without', async () => {
  await freshDatabase();
  const first = owner();
  const east = worker('east', first.clock);
  await east.store(seat('S01', 0, 60));
  await east.teller.tellAll();
  await first.listener.listenToAll();
  first.close();

  await east.store(seat('S01', 60, 90));
  await east.teller.tellAll();
  const second = owner(first.path);
  await second.catchUp();
  // The last report holds for ten minutes.
  expect(await occupiedMinutes()).toEqual({ S01: [15, 15, 0, 0, 15, 15, 9] });
  second.close();

  await east.store(seat('S01', 90, 120));
  await east.teller.tellAll();
  const onNewDisk = owner();
  await onNewDisk.roller.noteHistory(start - 24 * 60 * minute);
  await onNewDisk.catchUp();
  expect(await occupiedMinutes()).toEqual({ S01: whole });
  onNewDisk.close();
});

test('a worker dies before it has told: it tells when it comes back', async () => {
  await freshDatabase();
  const maker = owner();
  const east = worker('east', maker.clock);
  await east.store(seat('S01'));
  east.marks.close();
  await maker.catchUp();
  expect(await occupiedMinutes()).toEqual({});
  const again = worker('east', maker.clock, east.path);
  await again.teller.tellAll();
  await maker.catchUp();
  expect(await occupiedMinutes()).toEqual({ S01: whole });
  maker.close();
});

test('windows whose points are gone stay as they are when the marks are lost', async () => {
  await freshDatabase();
  const maker = owner();
  const east = worker('east', maker.clock);
  await east.store(seat('S01'));
  await east.teller.tellAll();
  await maker.catchUp();
  await histories.raw.expire('occupancy', site.id, start + 60 * minute);
  maker.close();

  const onNewDisk = owner();
  const days = 30 * 24 * 60;
  onNewDisk.clock.ms = start + (days + 60) * minute;
  await onNewDisk.roller.noteHistory(start - 24 * 60 * minute);
  await onNewDisk.catchUp();
  expect(await occupiedMinutes()).toEqual({ S01: whole });
  onNewDisk.close();
});
