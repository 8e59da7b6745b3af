import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Device, Site } from '../../model/site.ts';
import { buildTopic } from '../../model/topic.ts';
import { loadVectors } from '../../test/support/vectors.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { devices as definitions } from '../decode/devices/index.ts';
import { aboutPeople, filtersOf, isNative } from './filters.ts';
import { covers, overlaps } from './topic-filter.ts';

const withSources = (...sources: string[]): Site => {
  const seat: Device = {
    id: 'S07',
    kind: 'seat',
    zone: 'teatro',
    at: [0, 0],
    maxSilenceMs: 600_000,
    sources,
  };
  return { ...viaRossini, devices: new Map([...viaRossini.devices, ['S07', seat]]) };
};

const matches = (filters: readonly string[], topic: string): boolean =>
  filters.some((filter) => covers(filter, topic));

it('asks for the native topics of each site alone where no device speaks a vendor format', () => {
  const piazza = { ...viaRossini, id: 'piazza' };
  const filters = filtersOf({ sites: [viaRossini, piazza], definitions });
  expect(filters).toEqual(['aperto/1/piazza/+/+', 'aperto/1/via-rossini/+/+']);
  expect(matches(filters, buildTopic({ site: 'piazza', kind: 'seat', device: 'S07' }))).toBe(true);
  expect(filters.every(isNative)).toBe(true);
});

it('asks for what the vendors publish where a site names a source, without two that share a topic', () => {
  const filters = filtersOf({
    sites: [withSources('desk-7', 'shellypro2pm-a0dd6c112233/switch:1', 'a/#')],
    definitions,
  });
  for (const topic of [
    'shellies/shellyplug-s-6A1B2C/relay/0/power',
    'zigbee2mqtt/desk-7',
    'application/5f3c/device/70b3d5499f2a1c04/event/up',
    'spBv1.0/Via Rossini/NDATA/edge-1',
    'shellypro2pm-a0dd6c112233/status/switch:1',
    'tele/desk-7/SENSOR',
  ])
    expect(matches(filters, topic), topic).toBe(true);
  for (const [index, filter] of filters.entries())
    for (const other of filters.slice(index + 1))
      expect(overlaps(filter, other), `${filter} ${other}`).toBe(false);
  expect(matches(filters, 'owrtwifi/status/mac-02-00-5e-aa-00-01/event')).toBe(false);
  expect(matches(filters, 'somebody/else')).toBe(false);
});

/** First levels that are a vendor's own. Elsewhere the owner may choose a topic without the device in it: --topic. */
const vendors =
  /^(?:application|v3|shellies|zigbee2mqtt|homie|homeassistant|spBv1\.0|collectd|mikrotik|\/?merakimv)\//;

it('hears every device of the vectors on a topic of its vendor, and most on a topic of the owner', () => {
  const readings = z.array(z.object({ device: z.string() }));
  const spoken = loadVectors()
    .flatMap(({ vectors }) => vectors)
    .filter((vector) => vector.readings !== undefined && !vector.topic.startsWith('hooks/'));
  const missed = spoken.filter((vector) => {
    const sources = readings.parse(vector.readings).map(({ device }) => device);
    return !matches(filtersOf({ sites: [withSources(...sources)], definitions }), vector.topic);
  });
  expect(missed.filter(({ topic }) => vendors.test(topic)).map(({ topic }) => topic)).toEqual([]);
  expect(spoken.length).toBeGreaterThan(200);
  expect(missed.length / spoken.length).toBeLessThan(0.3);
});

it('names definitions that are there as those about people', () => {
  const names = definitions.map(({ name }) => name);
  expect([...aboutPeople].filter((name) => !names.includes(name))).toEqual([]);
});

it('takes the filters that somebody names instead', () => {
  expect(filtersOf({ sites: [viaRossini], definitions, named: ['b/#', 'a/+', 'a/b'] })).toEqual([
    'a/+',
    'b/#',
  ]);
});
