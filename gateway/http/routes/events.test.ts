import { describe, expect, it } from 'vitest';
import { readEvents } from '../../../test/http/events.ts';
import { eventually } from '../../../test/http/eventually.ts';
import { readProblem } from '../../../test/http/requests.ts';
import { seatPoint, startHttp, startOfTest, viaRossini } from '../../../test/http/start.ts';

const path = '/api/v1/sites/via-rossini/events';

describe('GET /api/v1/sites/{site}/events', () => {
  it('begins with how to come back and a snapshot of every device', async () => {
    const { url, say } = await startHttp();
    say('seat', seatPoint('S07', 'teatro', startOfTest, 1));
    const reader = await readEvents(url + path);
    const seat = await reader.waitFor('snapshot', (entry) => entry.device === 'S07');
    expect(reader.other).toEqual(['retry: 3000']);
    expect(reader.events[0]).toMatchObject({ id: 1, event: 'snapshot' });
    expect(reader.events[0]?.entries).toHaveLength(73);
    expect(seat).toMatchObject({ fields: { occupied: 1 }, units: { occupied: 'bool' }, state: 'live' });
    expect(seat.ageS).toBeUndefined();
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream');
    expect(reader.response.headers.get('cache-control')).toBe('no-store');
  });

  it('tells changes in order, with growing ids', async () => {
    const { url, say, site } = await startHttp();
    const reader = await readEvents(url + path);
    for (const [index, { id, zone }] of site.seats.entries())
      say('seat', seatPoint(id, zone, startOfTest + index, index % 3 === 0 ? 1 : 0));
    await reader.waitFor('reading', (entry) => entry.time === '2026-06-23T08:00:00.047Z');
    const readings = reader.events.filter(({ event }) => event === 'reading');
    expect(readings.map(({ entries }) => Date.parse(entries[0]?.time ?? ''))).toEqual(
      Array.from({ length: 48 }, (_, index) => startOfTest + index),
    );
    const ids = reader.events.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(49);
  });

  it('tells late data to nobody', async () => {
    const { url, say } = await startHttp();
    say('seat', seatPoint('S01', 'teatro', startOfTest, 1));
    const reader = await readEvents(url + path);
    say('seat', seatPoint('S01', 'teatro', startOfTest - 1, 0), seatPoint('S02', 'teatro', startOfTest, 1));
    await reader.waitFor('reading', (entry) => entry.device === 'S02');
    expect(reader.events.filter(({ event }) => event === 'reading')).toHaveLength(1);
  });

  it('tells a site only to those who asked for it', async () => {
    const site = viaRossini();
    const other = { ...site, id: 'other' };
    const sites = new Map([
      [site.id, site],
      [other.id, other],
    ]);
    const { url, say } = await startHttp({ sites });
    const [mine, theirs] = await Promise.all([
      readEvents(url + path),
      readEvents(`${url}/api/v1/sites/other/events`),
    ]);
    const point = seatPoint('S01', 'teatro', startOfTest, 1);
    say('seat', point, { ...point, tags: { ...point.tags, site: 'other', device: 'S02' } });
    expect((await mine.waitFor('reading', () => true)).device).toBe('S01');
    expect((await theirs.waitFor('reading', () => true)).device).toBe('S02');
    expect(mine.events.filter(({ event }) => event === 'reading')).toHaveLength(1);
  });

  it('gives the snapshot of a moment ago and what followed to one who comes within a second', async () => {
    const { url, say, clock } = await startHttp();
    const first = await readEvents(url + path);
    say('seat', seatPoint('S01', 'teatro', startOfTest, 1));
    await first.waitFor('reading', (entry) => entry.device === 'S01');
    const second = await readEvents(url + path);
    const reading = await second.waitFor('reading', (entry) => entry.device === 'S01');
    expect(reading.fields).toEqual({ occupied: 1 });
    clock.ms += 1_001;
    const third = await readEvents(url + path);
    const seat = await third.waitFor('snapshot', (entry) => entry.device === 'S01');
    expect(seat.fields).toEqual({ occupied: 1 });
    expect(third.events[0]?.id).toBeGreaterThan(second.events.at(-1)?.id ?? Infinity);
  });

  it('tells once that a device fell silent, and again after it was heard', async () => {
    const { url, say, clock } = await startHttp({ limits: { silenceCheckMs: 10 } });
    say('seat', seatPoint('S01', 'teatro', startOfTest, 1));
    const reader = await readEvents(url + path);
    clock.ms += 600_001;
    const silent = await reader.waitFor('silent', (entry) => entry.device === 'S01');
    expect(silent).toMatchObject({ state: 'unknown', fields: { occupied: 1 } });
    say('seat', seatPoint('S01', 'teatro', clock.ms, 0));
    await reader.waitFor('reading', (entry) => entry.device === 'S01' && entry.state === 'live');
    clock.ms += 600_001;
    await reader.waitFor('silent', (entry) => entry.fields.occupied === 0);
    expect(
      reader.events.filter(({ event }) => event === 'silent').map(({ entries }) => entries[0]?.device),
    ).toEqual(['S01', 'S01']);
  });

  it('keeps a quiet stream open with comments', async () => {
    const { url } = await startHttp({ limits: { heartbeatMs: 10 } });
    const reader = await readEvents(url + path);
    await eventually(() =>
      expect(reader.other.filter((line) => line === ': heartbeat').length).toBeGreaterThan(2),
    );
  });

  it('refuses one stream too many, and has room again when one leaves', async () => {
    const { url, metrics } = await startHttp({ limits: { eventStreamsMax: 2 } });
    const first = await readEvents(url + path);
    await readEvents(url + path);
    const refused = await fetch(url + path);
    expect(refused.headers.get('retry-after')).toBe('10');
    const { detail } = await readProblem(refused, 503);
    expect(detail).toBe('as many event streams are open as this server allows; try again later');
    expect(await metrics.metrics()).toContain('aperto_http_refused_total{reason="event_streams"} 1');
    first.close();
    await eventually(async () => expect(await metrics.metrics()).toContain('aperto_http_event_streams 1'));
    await readEvents(url + path);
  });

  it('has no HEAD, which would never end, and no stream of a site that does not exist', async () => {
    const { url } = await startHttp();
    expect((await fetch(url + path, { method: 'HEAD' })).status).toBe(405);
    await readProblem(await fetch(`${url}/api/v1/sites/nowhere/events`), 404);
  });
});
