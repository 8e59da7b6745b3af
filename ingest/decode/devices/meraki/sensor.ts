import { nothing } from '../../decoded.ts';
import type { Definition } from '../../definition.ts';
import { Gatherer, isRecord } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';
import { fromIso } from '../../time.ts';

const total = { phase: 'total' } as const;

/** By the last level of the topic: where the figure stands. Only one of several units is written, or they agree. */
const metrics: Readonly<Record<string, readonly Rule[]>> = {
  temperature: [
    rule('fahrenheit', '°F', 'weather', 'temperature_c'),
    rule('celsius', '°C', 'weather', 'temperature_c'),
  ],
  humidity: [rule('humidity', '%', 'weather', 'humidity_pct')],
  ambientnoise: [rule('ambientNoise', 'dB(A)', 'weather', 'noise_dba')],
  co2: [rule('CO2', 'ppm', 'weather', 'co2_ppm')],
  pm2_5massconcentration: [rule('PM2_5MassConcentration', 'µg/m³', 'weather', 'pm25_ug_m3')],
  battery: [
    rule('battery', '%', 'device_health', 'battery_pct'),
    rule('percentage', '%', 'device_health', 'battery_pct'),
    rule('batteryPercentage', '%', 'device_health', 'battery_pct'),
  ],
  batterypercentage: [rule('batteryPercentage', '%', 'device_health', 'battery_pct')],
  realpower: [rule('realPower', 'W', 'power', 'active_power_w', total)],
  apparentpower: [rule('apparentPower', 'VA', 'power', 'apparent_power_va', total)],
  // In per cent, as the vendor's other interfaces have it.
  powerfactor: [rule('powerFactor', 'percent as ratio', 'power', 'power_factor', total)],
  voltage: [rule('voltage', 'V', 'power', 'voltage_v', total)],
  current: [rule('current', 'A', 'power', 'current_a', total)],
  frequency: [rule('frequency', 'Hz', 'power', 'frequency_hz', total)],
};

/** Sensors of the MT series, which their gateway publishes: one metric a topic. */
export const sensor: Definition = {
  name: 'meraki/mt',
  title: 'Meraki MT sensor',
  source: 'Cisco Meraki: MT MQTT Setup Guide',
  topics: [
    'meraki/v1/mt/{network}/ble/{sensor}/{metric}',
    'meraki/v1/mt/{network}/ble/{gateway}/{sensor}/{metric}',
  ],
  format: 'json',
  recognises: isRecord,
  read: ({ captures, payload, context }) => {
    const { sensor: device = '', metric = '' } = captures;
    const key = metric.toLowerCase();
    const rules = Object.hasOwn(metrics, key) ? metrics[key] : undefined;
    if (rules === undefined || !isRecord(payload)) return nothing;
    const time = fromIso(payload.ts, context.timezone, context.receivedAt);
    return new Gatherer().apply({ device: device.toLowerCase(), time }, payload, rules).decoded();
  },
};
