import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { Marks } from '../../kpi/rollup/marks.ts';
import { Roller } from '../../kpi/rollup/roller.ts';
import type { Point, Tags } from '../../model/point.ts';
import { parseSite, type Site } from '../../model/site.ts';
import { openDuckDbHistories } from '../../store/duckdb/duckdb-store.ts';

const hourMs = 3_600_000;
const everyMs = 900_000;
/** The last 17 days of June 2026 and the first 17 of July, local time of Rome. */
const from = Date.parse('2026-06-14T00:00:00+02:00');
const july = Date.parse('2026-07-01T00:00:00+02:00');
const to = Date.parse('2026-07-18T00:00:00+02:00');

/** Seats of a zone each; five may be told of in public, three may not. */
const seatsOf = { teatro: 5, giardino: 6, portico: 3 };

/** A small street of two good zones and one that is too small for the public; devices report every quarter hour. */
const writeSite = (path: string): Site => {
  const file = parse(readFileSync(new URL('../../sites/via-rossini.yaml', import.meta.url), 'utf8'));
  const isKept = ({ zone }: { readonly zone: string }): boolean => zone in seatsOf;
  const seats = Object.entries(seatsOf).flatMap(([zone, count]) =>
    file.seats.filter((seat: { readonly zone: string }) => seat.zone === zone).slice(0, count),
  );
  const silence = Object.fromEntries(Object.keys(file.max_silence_s).map((kind) => [kind, 1_800]));
  const text = stringify({
    ...file,
    zones: file.zones.filter(({ id }: { readonly id: string }) => id in seatsOf),
    seats,
    counters: [],
    access_points: file.access_points.filter(isKept),
    probes: file.probes.filter(isKept),
    meters: file.meters.filter(({ role }: { readonly role: string }) => role === 'feed'),
    weather: [],
    max_silence_s: silence,
  });
  writeFileSync(path, text);
  return parseSite(text, path);
};

/** Taken from 10 to 13 in June, to 16 in July; 1 kW day and night. */
const pointsOf = ({ id: site, seats, meters }: Site): Point[] => {
  const points: Point[] = [];
  const add = (measurement: Point['measurement'], own: Tags, fields: Point['fields'], time: number): void =>
    void points.push({ measurement, tags: { site, ...own }, fields, time });
  for (let time = from; time < to; time += everyMs) {
    const hour = ((time - from) / hourMs) % 24;
    const occupied = Number(hour >= 10 && hour < (time < july ? 13 : 16));
    for (const { id, zone } of seats)
      add('occupancy', { zone, device: id, kind: 'seat' }, { occupied }, time);
    const energy_import_wh = 1_000_000 + (time - from) / 3_600;
    for (const { id, zone } of meters)
      add('power', { zone, device: id, phase: 'total' }, { energy_import_wh }, time);
  }
  return points;
};

/** A data directory with two half months of a small street in windows, and the site's file in it. */
export const makeMonth = async (
  directory: string,
): Promise<{ readonly site: Site; readonly file: string }> => {
  const file = join(directory, 'street.yaml');
  const site = writeSite(file);
  const histories = await openDuckDbHistories({ path: join(directory, 'aperto.duckdb') });
  const marks = Marks.open(join(directory, 'rollup.db'));
  marks.setKnown();
  const clock = { now: () => to + 24 * hourMs };
  const log = { warn: () => undefined };
  const roller = new Roller({ ...histories, marks, sites: new Map([[site.id, site]]), clock, log });
  const points = pointsOf(site);
  await histories.raw.write(points);
  roller.noteStored(points);
  await roller.catchUp();
  marks.close();
  await histories.rollup.close();
  await histories.raw.close();
  return { site, file };
};
