import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LoopbackBroker, startBroker } from '../../test/support/loopback-broker.ts';
import { viaRossini } from '../../test/support/via-rossini.ts';
import { type Simulated, simulate } from '../simulate.ts';

let broker: LoopbackBroker;
let stop: AbortController;
let ended: Promise<Simulated> | undefined;
beforeEach(async () => {
  broker = await startBroker();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await ended;
  await broker.close();
});
const run = (dialects: readonly string[], faults: readonly string[] = []): void => {
  ended = simulate({ broker: broker.url, site: viaRossini, dialects, faults, signal: stop.signal });
};
const topics = (end: string): readonly string[] =>
  broker.published.map(({ topic }) => topic).filter((topic) => topic.endsWith(end));
const patience = { timeout: 15_000 };

test('a Sparkplug node that is asked for its birth gives it again', async () => {
  run(['sparkplug']);
  await vi.waitFor(() => expect(topics('DDATA/edge-M1/M1').length).toBe(1), patience);
  expect(topics('NBIRTH/edge-M1').length).toBe(1);
  const client = await mqtt.connectAsync(broker.url);
  await client.publishAsync('spBv1.0/via-rossini/NCMD/edge-M1', 'rebirth', { qos: 1 });
  await vi.waitFor(() => expect(topics('NBIRTH/edge-M1').length).toBe(2), patience);
  await vi.waitFor(() => expect(topics('DBIRTH/edge-M1/M1').length).toBe(2), patience);
  expect(topics('NBIRTH/edge-M2').length).toBe(1);
  await client.endAsync();
});

test('in a back-fill too a birth comes before all data', async () => {
  const from = Date.parse('2026-06-23T10:00:00Z');
  const done = await simulate({
    broker: broker.url,
    site: viaRossini,
    dialects: ['sparkplug'],
    from,
    to: from + 60_000,
  });
  expect(done).toMatchObject({ failed: 0, acked: broker.published.length });
  const ofNode = broker.published
    .map(({ topic }) => topic.split('/'))
    .filter((levels) => levels[3] === 'edge-M3');
  expect(ofNode.map((levels) => levels[2])).toEqual(['NBIRTH', 'DBIRTH', ...Array(6).fill('DDATA')]);
});

test('a device that is cut off leaves the will of its vendor', async () => {
  run(['homie', 'unifi2mqtt', 'zigbee2mqtt', 'tasmota', 'shelly-gen1', 'shelly'], ['disconnect=1']);
  const wills = [
    ['via-rossini-w1/$state', 'lost'],
    ['via-rossini-AP1/online', '{"val":false}'],
    ['via-rossini/S01/availability', '{"state":"offline"}'],
    ['via-rossini-M2/LWT', 'Offline'],
    ['/online', 'false'],
  ];
  const isHeard = ([end = '', will]: readonly string[]): boolean =>
    broker.published.some(({ topic, payload }) => topic.endsWith(end) && payload === will);
  await vi.waitFor(() => expect(wills.filter((will) => !isHeard(will))).toEqual([]), patience);
});
