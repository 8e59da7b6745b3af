import { nothing, rejected } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { isRecord, valueAt } from '../../measure.ts';
import { hasAddress } from '../address.ts';
import { firstTime, readUplink, toEui } from './uplink.ts';

type Message = Readonly<Record<string, unknown>>;

const deviceIdPattern = /^[a-z0-9](?:[-a-z0-9]{0,35})$/;
const toDeviceId = (value: unknown): string | undefined =>
  typeof value === 'string' && deviceIdPattern.test(value) && !hasAddress(value) ? value : undefined;

const deviceOf = (message: Message, captured: string | undefined): string | undefined =>
  toEui(valueAt(message, ['end_device_ids', 'dev_eui'])) ??
  toDeviceId(valueAt(message, ['end_device_ids', 'device_id'])) ??
  toDeviceId(captured);

/** When the network server got the uplink; a time that was left out is year 0001 in some of the fields. */
const timeOf = (message: Message, uplink: Message, timezone: string): number | undefined => {
  const receptions = Array.isArray(uplink.rx_metadata) ? uplink.rx_metadata.filter(isRecord) : [];
  return firstTime(timezone, [
    uplink.received_at,
    message.received_at,
    valueAt(uplink, ['settings', 'time']),
    ...receptions.flatMap(({ time, received_at }) => [time, received_at]),
  ]);
};

const modelOf = (uplink: Message): string => {
  const brand = valueAt(uplink, ['version_ids', 'brand_id']);
  const model = valueAt(uplink, ['version_ids', 'model_id']);
  return [brand, model].filter((name) => typeof name === 'string').join(' ');
};

/** Messages of The Things Stack's MQTT server, webhooks and storage in JSON. Fields that are 0 or empty are absent. */
export const thingsStack: Definition = {
  name: 'lorawan/things-stack',
  title: 'LoRaWAN device behind The Things Stack v3',
  source: 'The Things Stack documentation: data formats, MQTT server, webhooks, storage integration',
  topics: ['v3/{application}/devices/{device}/{event...}', 'hooks/tts', 'hooks/tts/{event...}'],
  format: 'json',
  read: ({ captures, payload, context }) => {
    if (!isRecord(payload)) return rejected('wrong_type', 'a message of The Things Stack is a JSON object');
    const stored = isRecord(payload.result);
    const message = isRecord(payload.result) ? payload.result : payload;
    const uplink = message.uplink_message ?? message.uplink_normalized;
    if (!isRecord(uplink)) {
      return captures.event === 'up' ? rejected('missing_field', 'uplink_message: not there') : nothing;
    }
    if (message.simulated === true || uplink.simulated === true) {
      return rejected('simulated', 'simulated: true: made up in the console, not measured');
    }
    const device = deviceOf(message, captures.device);
    if (device === undefined)
      return rejected('missing_field', 'end_device_ids: neither dev_eui nor device_id');
    const read = {
      device,
      time: timeOf(message, uplink, context.timezone),
      backfill: stored,
      receptions: uplink.rx_metadata,
      object: uplink.decoded_payload,
      normalized: uplink.normalized_payload,
      batteryPct: valueAt(uplink, ['last_battery_percentage', 'value']),
      hasPayload: typeof uplink.frm_payload === 'string' && uplink.frm_payload !== '',
      model: modelOf(uplink),
    };
    return readUplink(read, context);
  },
};
