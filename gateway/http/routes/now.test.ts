import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { seatPoint, startHttp, startOfTest } from '../../../test/http/start.ts';
import { type Entry, entrySchema } from '../entry.ts';

const readNow = async (url: string): Promise<Entry[]> =>
  readJson(await fetch(`${url}/api/v1/sites/via-rossini/now`), z.array(entrySchema));

const readSeat = async (url: string): Promise<Entry | undefined> =>
  (await readNow(url)).find((entry) => entry.device === 'S07');

describe('GET /api/v1/sites/{site}/now', () => {
  it('shows every device of the site file once, unknown and without a value, before the first message', async () => {
    const { url, site } = await startHttp();
    const entries = await readNow(url);
    expect(entries.map((entry) => entry.device)).toEqual([...site.devices.keys()]);
    expect(entries).toHaveLength(73);
    expect(entries[6]).toEqual({
      device: 'S07',
      kind: 'seat',
      zone: 'teatro',
      measurement: 'occupancy',
      tags: { kind: 'seat' },
      fields: {},
      units: {},
      state: 'unknown',
    });
  });

  it('shows the latest reading with units, time, age and state', async () => {
    const { url, say, clock } = await startHttp();
    say('seat', seatPoint('S07', 'teatro', startOfTest, 1));
    clock.ms += 12_340;
    expect(await readSeat(url)).toEqual({
      device: 'S07',
      kind: 'seat',
      zone: 'teatro',
      measurement: 'occupancy',
      tags: { kind: 'seat' },
      fields: { occupied: 1 },
      units: { occupied: 'bool' },
      time: '2026-06-23T08:00:00.000Z',
      ageS: 12.3,
      state: 'live',
    });
  });

  it('puts the main series first and keeps one entry a series', async () => {
    const { url, say } = await startHttp();
    const tags = { site: 'via-rossini', zone: 'teatro', device: 'AP1' };
    const at = { time: startOfTest };
    say(
      'access-point',
      {
        measurement: 'radio',
        tags: { ...tags, band: '5' },
        fields: { clients: 3, signal_dbm: -60.5 },
        ...at,
      },
      { measurement: 'radio', tags: { ...tags, band: '2.4' }, fields: { clients: 1 }, ...at },
      { measurement: 'access_point', tags, fields: { clients: 4 }, ...at },
    );
    const entries = (await readNow(url)).filter((entry) => entry.device === 'AP1');
    expect(entries.map(({ measurement, tags: own }) => [measurement, own])).toEqual([
      ['access_point', {}],
      ['radio', { band: '5' }],
      ['radio', { band: '2.4' }],
    ]);
    expect(entries[1]?.units).toEqual({ clients: 'clients', signal_dbm: 'dBm' });
  });

  it('is live up to the silence that the site allows, then unknown with its last value', async () => {
    const { url, say, clock } = await startHttp();
    say('seat', seatPoint('S07', 'teatro', startOfTest, 1));
    clock.ms += 600_000;
    expect(await readSeat(url)).toMatchObject({ state: 'live', ageS: 600 });
    clock.ms += 1;
    expect(await readSeat(url)).toMatchObject({ state: 'unknown', fields: { occupied: 1 } });
  });

  it('does not take a back-filled yesterday for today, nor a clock that runs ahead for the future', async () => {
    const { url, say } = await startHttp();
    say('seat', seatPoint('S07', 'teatro', startOfTest - 3_600_000, 0));
    expect(await readSeat(url)).toMatchObject({ state: 'unknown', ageS: 3600, fields: { occupied: 0 } });
    say('seat', seatPoint('S07', 'teatro', startOfTest + 60_000, 0));
    expect(await readSeat(url)).toMatchObject({ state: 'live', ageS: 0 });
  });

  it('goes by the reading itself for what was restored at start', async () => {
    const { url, say } = await startHttp();
    say('seat', seatPoint('S07', 'teatro', startOfTest - 600_001, 1));
    say('seat', seatPoint('S08', 'teatro', startOfTest - 599_000, 1));
    const states = (await readNow(url)).slice(6, 8).map((entry) => entry.state);
    expect(states).toEqual(['unknown', 'live']);
  });

  it('answers 404 for a site that does not exist', async () => {
    const { url } = await startHttp();
    const { detail } = await readProblem(await fetch(`${url}/api/v1/sites/nowhere/now`), 404);
    expect(detail).toBe('no site "nowhere"; there are via-rossini');
  });
});
