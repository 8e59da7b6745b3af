import { connect } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { imbalance } from '../ingest/ledger.ts';
import { limits } from '../model/limits.ts';
import { type RunningAperto, startAperto, temporaryDirectory } from './support/aperto.ts';

let aperto: RunningAperto;
let client: MqttClient;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  aperto = await startAperto({ data: directory.path });
  client = await mqtt.connectAsync(aperto.mqtt, { clientId: 'bad-device', reconnectPeriod: 0 });
});
afterAll(async () => {
  client.end(true);
  await aperto.stop();
  await directory.remove();
});

const seat = 'aperto/1/via-rossini/seat/S07';

/** Each of them is acknowledged, or the device would send it for ever. */
const poison: readonly [string, string, string | Buffer][] = [
  ['not_json', seat, 'occupied'],
  ['wrong_type', seat, '{"occupied":"yes"}'],
  ['out_of_limits', 'aperto/1/via-rossini/weather/W1', '{"temperature_c":451}'],
  ['unknown_field', seat, '{"ocupied":true}'],
  ['unknown_device', 'aperto/1/via-rossini/seat/S99', '{"occupied":true}'],
  ['unknown_site', 'aperto/1/via-verdi/seat/S07', '{"occupied":true}'],
  ['wrong_kind', 'aperto/1/via-rossini/seat/M1', '{"occupied":true}'],
  ['no_reading', seat, '{}'],
  ['bad_time', seat, '{"t":"yesterday","occupied":true}'],
  ['empty_payload', seat, ''],
  ['invalid_utf8', seat, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['too_large', seat, `{"occupied":${' '.repeat(limits.payloadBytesMax)}true}`],
];

it.each(poison)('quarantines %s with its reason, acknowledged', async (reason, topic, payload) => {
  const before = (await aperto.ledger()).quarantined[reason] ?? 0;
  await client.publishAsync(topic, payload, { qos: 1 });
  const ledger = await aperto.ledger();
  expect(ledger.quarantined[reason]).toBe(before + 1);
  expect(imbalance(ledger)).toBe(0);
});

it('lists what it quarantined, newest first, with a line that says why', async () => {
  await client.publishAsync(seat, '{"occupied":7}', { qos: 1 });
  const { messages } = await aperto.get<{
    messages: { topic: string; reason: string; detail: string; payload: string }[];
  }>('/api/v1/quarantine?limit=1');
  expect(messages).toMatchObject([{ topic: seat, reason: 'wrong_type', payload: '{"occupied":7}' }]);
  expect(messages[0]?.detail).toContain('occupied');
});

it('only counts a topic that is not ours, and acknowledges it', async () => {
  await client.publishAsync('office/coffee/temperature', '93', { qos: 1 });
  expect((await aperto.ledger()).refused.unknown_topic).toBe(1);
});

it('takes good readings after all that', async () => {
  await client.publishAsync(seat, '{"occupied":true}', { qos: 1 });
  type Now = { device: string; fields: Record<string, number>; state: string }[];
  const now = await aperto.get<Now>('/api/v1/sites/via-rossini/now');
  expect(now.find(({ device }) => device === 'S07')).toMatchObject({
    fields: { occupied: 1 },
    state: 'live',
  });
});

it('refuses a packet over the limit from its header, before the body comes', async () => {
  const socket = connect({ port: Number(new URL(aperto.mqtt).port), host: '127.0.0.1' });
  socket.resume();
  socket.write(generate({ cmd: 'connect', clientId: 'large', keepalive: 0, clean: true }));
  // PUBLISH, remaining length 268,435,455: the largest that MQTT can announce [MQTT-2.2.3].
  socket.write(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f, 0x00]));
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await vi.waitFor(async () => expect((await aperto.ledger()).refused.packet_too_large).toBe(1));
  expect(imbalance(await aperto.ledger())).toBe(0);
});
