import { nothing, rejected } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, isRecord, valueAt } from '../../measure.ts';
import { firstTime, readUplink, toEui } from './uplink.ts';

type Event = Readonly<Record<string, unknown>>;

/** Which event a webhook's body is where its address does not say so. */
const eventOf = (event: Event): string => {
  if ('integrationName' in event || 'queueItemId' in event) return 'other';
  if ('batteryLevel' in event || 'margin' in event || 'externalPowerSource' in event) return 'status';
  return 'object' in event || 'data' in event || 'rxInfo' in event ? 'up' : 'other';
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const timeOf = (event: Event, timezone: string): number | undefined => {
  const receptions = Array.isArray(event.rxInfo) ? event.rxInfo.filter(isRecord) : [];
  const heard = receptions.flatMap(({ nsTime, gwTime, time }) => [nsTime, gwTime, time]);
  return firstTime(timezone, [event.time, ...heard]);
};

/**
 * `batteryLevel` in per cent, unless the device has external power or cannot tell; `margin` is the signal to noise
 * at which the device heard the last status request [LoRaWAN 1.0.4 §5.5].
 */
const readStatus = (event: Event, device: string, time: number | undefined) => {
  const speaker = { device, time };
  const gatherer = new Gatherer();
  const onBattery = event.externalPowerSource !== true && event.batteryLevelUnavailable !== true;
  if (onBattery && typeof event.batteryLevel === 'number') {
    gatherer.add(speaker, 'device_health', 'battery_pct', event.batteryLevel);
  }
  if (typeof event.margin === 'number') {
    gatherer.add(speaker, 'device_health', 'downlink_snr_db', event.margin);
  }
  return gatherer.decoded();
};

/** Events of ChirpStack's MQTT and HTTP integrations in JSON. */
export const chirpstack: Definition = {
  name: 'lorawan/chirpstack',
  title: 'LoRaWAN device behind ChirpStack v4',
  source: 'ChirpStack documentation, integrations: events, MQTT and HTTP',
  topics: [
    'application/{application}/device/{eui}/event/{event}',
    'hooks/chirpstack',
    'hooks/chirpstack/{event}',
  ],
  format: 'json',
  read: ({ captures, payload, context }) => {
    if (!isRecord(payload)) return rejected('wrong_type', 'a ChirpStack event is a JSON object');
    const event = captures.event ?? eventOf(payload);
    if (event !== 'up' && event !== 'status') return nothing;
    const device = toEui(valueAt(payload, ['deviceInfo', 'devEui'])) ?? toEui(captures.eui);
    if (device === undefined) return rejected('missing_field', 'deviceInfo.devEui: no EUI of 16 hex digits');
    const time = timeOf(payload, context.timezone);
    if (event === 'status') return readStatus(payload, device, time);
    const uplink = {
      device,
      time,
      receptions: payload.rxInfo,
      object: payload.object,
      hasPayload: textOf(payload.data) !== '',
      model: textOf(valueAt(payload, ['deviceInfo', 'deviceProfileName'])),
    };
    return readUplink(uplink, context);
  },
};
