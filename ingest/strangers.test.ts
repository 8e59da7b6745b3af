import { expect, test } from 'vitest';
import { limits } from '../model/limits.ts';
import type { Reading } from '../model/point.ts';
import type { Message } from './message.ts';
import { Strangers } from './strangers.ts';

const message = (receivedAt: number, topic = 'shellies/x/status'): Message => ({
  topic,
  payload: new Uint8Array(),
  qos: 1,
  receivedAt,
  origin: 'x',
});

const reading = (device: string, measurement: Reading['measurement'], ...fields: string[]): Reading => ({
  device,
  measurement,
  tags: {},
  fields: Object.fromEntries(fields.map((field) => [field, 1])),
});

test('a stranger is listed once, with what it measures and how often it spoke', () => {
  const strangers = new Strangers();
  strangers.note(reading('em-1', 'power', 'active_power_w'), 'shelly-gen2/status', message(1_000));
  strangers.note(reading('em-1', 'power', 'energy_import_wh'), 'shelly-gen2/status', message(3_000));
  expect(strangers.list()).toEqual([
    {
      identity: 'em-1',
      definition: 'shelly-gen2/status',
      topic: 'shellies/x/status',
      firstSeen: 1_000,
      lastSeen: 3_000,
      messages: 2,
      fields: ['power.active_power_w', 'power.energy_import_wh'],
      list: 'meters',
      line: '- { id: …, zone: …, at: [0, 0], role: circuit, phases: [a], name: { it: …, en: … }, source: "em-1" }',
    },
  ]);
});

test.each([
  ['seats', reading('d', 'occupancy', 'occupied')],
  ['counters', reading('d', 'occupancy', 'in_total', 'out_total')],
  ['access_points', reading('d', 'radio', 'clients')],
  ['weather', reading('d', 'weather', 'temperature_c')],
] as const)('what it measures says that it belongs to %s', (list, heard) => {
  const strangers = new Strangers();
  strangers.note(heard, 'x', message(1));
  expect(strangers.list()[0]?.list).toBe(list);
});

test('a native device keeps the id of its topic in the line to paste', () => {
  const strangers = new Strangers();
  strangers.note({ ...reading('S99', 'occupancy', 'occupied'), site: 'via-rossini' }, undefined, message(1));
  expect(strangers.list()[0]).toMatchObject({
    identity: 'via-rossini/S99',
    definition: 'native',
    line: '- { id: S99, zone: …, at: [0, 0] }',
  });
});

test('the list is bounded, whoever makes up names, and the latest heard come first', () => {
  const strangers = new Strangers();
  for (let index = 0; index < limits.strangersMax + 50; index++) {
    strangers.note(reading(`d${index}`, 'power', 'voltage_v'), 'x', message(index));
  }
  const list = strangers.list();
  expect(list).toHaveLength(limits.strangersMax);
  expect(list[0]?.identity).toBe(`d${limits.strangersMax + 49}`);
  expect(list.some(({ identity }) => identity === 'd49')).toBe(false);
});
