import { describe, expect, test } from 'vitest';
import type { Device } from '../../model/site.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { covers } from '../topic-filter.ts';
import { adminGrants, dashboardGrants, deviceGrants } from './grants.ts';

const deviceOf = (...sources: readonly string[]): Device => ({
  id: 'M1',
  kind: 'meter',
  zone: 'teatro',
  at: [0, 0],
  maxSilenceMs: 60_000,
  ...(sources.length === 0 ? {} : { sources }),
});
const mayPublish = (topic: string, ...sources: readonly string[]): boolean =>
  deviceGrants(viaRossini, deviceOf(...sources)).publish.some((grant) => covers(grant, topic));
const mayHear = (topic: string, ...sources: readonly string[]): boolean =>
  deviceGrants(viaRossini, deviceOf(...sources)).subscribe.some((grant) => covers(grant, topic));

test('a device that speaks Aperto’s own format has its two topics and hears what is below its own', () => {
  expect(deviceGrants(viaRossini, deviceOf())).toEqual({
    publish: ['aperto/1/via-rossini/meter/M1', 'aperto/1/via-rossini/status/M1'],
    subscribe: ['aperto/1/via-rossini/meter/M1/#'],
  });
});

describe('a device that bears a vendor’s name speaks in that name alone', () => {
  test.each([
    ['shellypro3em-0c8b95a1b2c4', 'shellypro3em-0c8b95a1b2c4/events/rpc'],
    ['shellypresenceg4-0c8b95a1b2c4/presencezone:200', 'shellypresenceg4-0c8b95a1b2c4/online'],
    ['shellyem-A1B2C4', 'shellies/shellyem-A1B2C4/emeter/0/power'],
    ['shellyem-A1B2C4', 'shellies/announce'],
    ['desk-7-plug', 'tele/desk-7-plug/SENSOR'],
    ['desk-7-plug', 'stat/desk-7-plug/POWER'],
    ['ap-3', 'collectd/ap-3/iwinfo-phy0-ap0/stations'],
    ['ap-3', 'ap-3/hostapd.phy0-ap0/status'],
    ['MikroTik-A1B2', 'node/MikroTik-A1B2/uptime'],
    ['mast-1', 'homie/mast-1/air/temperature'],
    ['mast-1', 'homie/5/mast-1/$state'],
    ['street/edge-1/M1', 'spBv1.0/street/DDATA/edge-1/M1'],
    ['street/edge-1', 'spBv1.0/street/NBIRTH/edge-1'],
  ])('%s: %s', (source, topic) => {
    expect(mayPublish(topic, source)).toBe(true);
    expect(mayPublish(topic)).toBe(false);
    expect(mayPublish(topic, 'another-name')).toBe(false);
  });

  test.each([
    ['desk-7-plug', 'cmnd/desk-7-plug/POWER'],
    ['shellyem-A1B2C4', 'shellies/shellyem-A1B2C4/relay/0/command'],
    ['street/edge-1/M1', 'spBv1.0/street/NCMD/edge-1'],
    ['street/edge-1/M1', 'spBv1.0/STATE/host'],
  ])('%s hears %s', (source, topic) => {
    expect(mayHear(topic, source)).toBe(true);
    expect(mayHear(topic)).toBe(false);
  });

  test('and gives no orders to its own edge node', () => {
    expect(mayPublish('spBv1.0/street/NCMD/edge-1', 'street/edge-1')).toBe(false);
    expect(mayPublish('cmnd/desk-7-plug/POWER', 'desk-7-plug')).toBe(false);
  });
});

test.each([
  'aperto',
  'aperto/1/via-rossini/seat',
  'shellies',
  'zigbee2mqtt/bridge',
  'spBv1.0',
  'tele',
  '$SYS',
  'hooks/unifi',
])('a source that is called %s opens nothing of that family', (source) => {
  const head = source.split('/')[0] ?? '';
  for (const topic of [source, `${head}/x`, `${source}/x`, 'aperto/1/via-rossini/seat/S07'])
    expect([topic, mayPublish(topic, source), mayHear(topic, source)]).toEqual([topic, false, false]);
});

test('sixteen sources stay within what a credential holds', () => {
  const sources = Array.from({ length: 16 }, (_, index) => `street/edge-${index}/device-${'x'.repeat(100)}`);
  const { publish, subscribe } = deviceGrants(viaRossini, deviceOf(...sources));
  expect(publish.length).toBeLessThanOrEqual(100);
  expect(subscribe.length).toBeLessThanOrEqual(100);
});

test('a dashboard hears its site, an admin everything', () => {
  const hears = (filters: readonly string[], filter: string): boolean =>
    filters.some((grant) => covers(grant, filter));
  expect(dashboardGrants('via-rossini').publish).toEqual([]);
  expect(hears(dashboardGrants('via-rossini').subscribe, 'aperto/1/via-rossini/+/+')).toBe(true);
  expect(hears(dashboardGrants('via-rossini').subscribe, 'aperto/1/+/seat/+')).toBe(false);
  expect(hears(adminGrants.subscribe, '$SYS/#')).toBe(true);
});
