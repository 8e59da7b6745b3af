import { expect, it } from 'vitest';
import type { Stranger } from '../../../ingest/strangers.ts';
import { readJson, readProblem } from '../../../test/http/requests.ts';
import { startHttp } from '../../../test/http/start.ts';
import { devicesSchema } from './devices.ts';

const stranger: Stranger = {
  identity: 'shellypro3em-0c8b95a1b2c4',
  definition: 'shelly-gen2/status',
  topic: 'shellypro3em-0c8b95a1b2c4/status/em:0',
  firstSeen: Date.parse('2026-06-23T08:00:00Z'),
  lastSeen: Date.parse('2026-06-23T09:00:00Z'),
  messages: 60,
  fields: ['power.active_power_w'],
  list: 'meters',
  line: '- { id: … }',
};

const devicesAt = async (url: string, query = '') =>
  (await readJson(await fetch(`${url}/api/v1/devices${query}`), devicesSchema)).devices;

it('lists the unknown ones first, then all of the site files', async () => {
  const { url } = await startHttp({ strangers: async () => [stranger] });
  const devices = await devicesAt(url);
  expect(devices).toHaveLength(74);
  expect(devices[0]).toEqual({
    ...stranger,
    state: 'unknown',
    firstSeen: '2026-06-23T08:00:00.000Z',
    lastSeen: '2026-06-23T09:00:00.000Z',
  });
  expect(devices[1]).toEqual({
    state: 'known',
    site: 'via-rossini',
    device: 'S01',
    kind: 'seat',
    zone: 'teatro',
    sources: [],
  });
});

it('lists those of one state', async () => {
  const { url } = await startHttp({ strangers: async () => [stranger] });
  expect(await devicesAt(url, '?state=unknown')).toHaveLength(1);
  expect(await devicesAt(url, '?state=known')).toHaveLength(73);
  const { detail } = await readProblem(await fetch(`${url}/api/v1/devices?state=lost`), 400);
  expect(detail).toContain('state');
});
