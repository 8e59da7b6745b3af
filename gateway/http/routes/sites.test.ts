import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { startHttp, viaRossini } from '../../../test/http/start.ts';
import { siteDetailSchema } from './site.ts';
import { siteSummarySchema } from './sites.ts';

describe('GET /api/v1/sites', () => {
  it('lists every site with its devices by kind', async () => {
    const site = viaRossini();
    const other = { ...site, id: 'other', name: 'Other', devices: new Map() };
    const { url } = await startHttp({
      sites: new Map([
        [site.id, site],
        [other.id, other],
      ]),
    });
    const sites = await readJson(await fetch(`${url}/api/v1/sites`), z.array(siteSummarySchema));
    expect(sites).toEqual([
      {
        id: 'via-rossini',
        name: 'Via Rossini',
        city: 'Pesaro',
        timezone: 'Europe/Rome',
        counts: { seat: 48, counter: 4, 'access-point': 6, probe: 6, meter: 8, weather: 1 },
      },
      expect.objectContaining({
        id: 'other',
        counts: { seat: 0, counter: 0, 'access-point': 0, probe: 0, meter: 0, weather: 0 },
      }),
    ]);
  });
});

describe('GET /api/v1/sites/{site}', () => {
  it('gives zones, devices with their places, hours, calendar and tariff', async () => {
    const { url, site: file } = await startHttp();
    const site = await readJson(await fetch(`${url}/api/v1/sites/via-rossini`), siteDetailSchema);
    expect(site.zones.map((zone) => zone.id)).toEqual([
      'teatro',
      'portico',
      'giardino',
      'pergola',
      'fontana',
    ]);
    expect(site.devices.map((device) => device.id)).toEqual([...file.devices.keys()]);
    expect(site.devices.find((device) => device.id === 'S07')).toEqual({
      id: 'S07',
      kind: 'seat',
      zone: 'teatro',
      at: [17.5, 4],
      max_silence_s: 600,
    });
    expect(site.devices.find((device) => device.id === 'M8')).toMatchObject({
      kind: 'meter',
      role: 'generation',
      phases: ['a', 'b', 'c'],
      name: { it: 'Pergola fotovoltaica', en: 'Solar canopy' },
      max_silence_s: 120,
    });
    expect(site.opening_hours.sat).toEqual([['09:00', '13:00']]);
    expect(site.calendar.events[0]?.expected_people).toBe(60);
    expect(site.tariff.at(-1)?.import_per_kwh.f1).toBe(0.268);
  });

  it('answers 404 with the sites that there are', async () => {
    const { url } = await startHttp();
    const problem = await readProblem(await fetch(`${url}/api/v1/sites/nowhere?token=secret`), 404);
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'no site "nowhere"; there are via-rossini',
      instance: '/api/v1/sites/nowhere',
    });
  });
});
