import { type Decoded, nothing } from '../../decoded.ts';
import type { Context, Definition, Incoming } from '../../definition.ts';
import { Gatherer, isRecord, type Speaker, valueAt } from '../../measure.ts';
import type { Memory } from '../../memory.ts';
import { rule } from '../../rule.ts';
import { fromEpochSeconds, fromIso } from '../../time.ts';
import { gatherEnergy } from './energy.ts';
import { gatherSensors } from './sensors.ts';
import { deviceOf } from './topic.ts';
import { gatherZigbee } from './zigbee.ts';

const source = 'Tasmota documentation: MQTT, Commands, Sensor API, Energy, Zigbee';

/** `Wifi.RSSI` is a quality in per cent; `Wifi.Signal` is the level. Names and addresses beside them stay there. */
const stateRules = [
  rule('Wifi.Signal', 'dBm', 'device_health', 'signal_dbm'),
  rule('UptimeSec', 's', 'device_health', 'uptime_s'),
  rule('Vcc', 'V', 'device_health', 'supply_v'),
];

const gatherTelemetry = (gatherer: Gatherer, speaker: Speaker, payload: unknown, memory: Memory): void => {
  gatherEnergy(gatherer, speaker, valueAt(payload, ['ENERGY']));
  gatherZigbee(gatherer, speaker, valueAt(payload, ['ZbReceived']));
  gatherSensors(gatherer, speaker, payload, memory);
};

const speakerOf = ({ captures, context }: Incoming<unknown>, part: unknown): Speaker => ({
  device: deviceOf(captures.path ?? ''),
  time: timeOf(valueAt(part, ['Time']), context),
});

/** `Time` is ISO 8601, in the local time of the device where it has no offset, or epoch seconds (`Time 3`). */
const timeOf = (time: unknown, { timezone, receivedAt }: Context): number | undefined =>
  typeof time === 'number' ? fromEpochSeconds(time) : fromIso(time, timezone, receivedAt);

const sensor: Definition = {
  name: 'tasmota/sensor',
  title: 'Tasmota: energy and sensors',
  source,
  topics: ['{path...}/SENSOR'],
  format: 'json',
  recognises: isRecord,
  read: (incoming) => {
    const gatherer = new Gatherer();
    const { payload, context } = incoming;
    gatherTelemetry(gatherer, speakerOf(incoming, payload), payload, context.memory);
    return gatherer.decoded();
  },
};

const state: Definition = {
  name: 'tasmota/state',
  title: 'Tasmota: state of the device and its Wi-Fi',
  source,
  topics: ['{path...}/STATE'],
  format: 'json',
  recognises: isRecord,
  read: (incoming) =>
    new Gatherer().apply(speakerOf(incoming, incoming.payload), incoming.payload, stateRules).decoded(),
};

/** Answers to `Status 8`, `10` and `11` wrap what `SENSOR` and `STATE` say; the others carry addresses and settings. */
const readStatus = (incoming: Incoming<unknown>): Decoded => {
  const gatherer = new Gatherer();
  const sensors = valueAt(incoming.payload, ['StatusSNS']);
  gatherTelemetry(gatherer, speakerOf(incoming, sensors), sensors, incoming.context.memory);
  const health = valueAt(incoming.payload, ['StatusSTS']);
  return gatherer.apply(speakerOf(incoming, health), health, stateRules).decoded();
};

const status: Definition = {
  name: 'tasmota/status',
  title: 'Tasmota: answers to the Status command',
  source,
  topics: ['{path...}/STATUS', '{path...}/STATUS{number}'],
  format: 'json',
  recognises: isRecord,
  read: readStatus,
};

const onlineRules = [
  rule('LWT', 'bool', 'device_health', 'online', {}, { words: { online: 1, offline: 0 } }),
];

const lastWill: Definition = {
  name: 'tasmota/lwt',
  title: 'Tasmota: last will',
  source,
  topics: ['{path...}/LWT'],
  format: 'text',
  read: ({ captures, payload }) =>
    new Gatherer().apply({ device: deviceOf(captures.path ?? '') }, { LWT: payload }, onlineRules).decoded(),
};

const motionRules = [rule('PIR', 'bool', 'occupancy', 'occupied', {}, { words: { on: 1, off: 0 } })];

/** The rule that Tasmota's page on motion sensors gives: `stat/%topic%/PIR1 ON`. */
const motion: Definition = {
  name: 'tasmota/pir',
  title: 'Tasmota: motion sensor published by a rule',
  source,
  topics: ['{path...}/PIR{number}'],
  format: 'text',
  recognises: (payload) => /^(?:on|off)$/i.test(payload),
  read: ({ captures, payload }) => {
    const { path = '', number = '1' } = captures;
    const device = number === '1' ? deviceOf(path) : `${deviceOf(path)}/pir${number}`;
    return new Gatherer().apply({ device }, { PIR: payload }, motionRules).decoded();
  },
};

const others: Definition = {
  name: 'tasmota/others',
  title: 'Tasmota: start, results and discovery, without a figure',
  source,
  topics: [
    '{path...}/INFO{number}',
    '{path...}/RESULT',
    'tasmota/discovery/{device}/config',
    'tasmota/discovery/{device}/sensors',
  ],
  format: 'json',
  recognises: isRecord,
  read: () => nothing,
};

const power: Definition = {
  name: 'tasmota/power',
  title: 'Tasmota: state of an output, without a figure',
  source,
  topics: ['{path...}/POWER', '{path...}/POWER{number}'],
  format: 'text',
  recognises: (payload) => /^(?:on|off)$/i.test(payload),
  read: () => nothing,
};

export const tasmota: readonly Definition[] = [sensor, state, status, lastWill, motion, others, power];
