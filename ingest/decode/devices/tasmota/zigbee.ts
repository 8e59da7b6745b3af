import type { Gatherer, Speaker } from '../../measure.ts';
import { rule } from '../../rule.ts';

/** What a Zigbee device said, through Tasmota as its bridge. `Power` is a switch's state there, and no power. */
const rules = [
  rule('Occupancy', 'bool', 'occupancy', 'occupied'),
  rule('Temperature', '°C', 'weather', 'temperature_c'),
  rule('Humidity', '%', 'weather', 'humidity_pct'),
  rule('Pressure', 'hPa', 'weather', 'pressure_hpa'),
  rule('ActivePower', 'W', 'power', 'active_power_w', { phase: 'total' }),
  rule('RMSVoltage', 'V', 'power', 'voltage_v', { phase: 'total' }),
  rule('BatteryPercentage', '%', 'device_health', 'battery_pct'),
  rule('BatteryVoltage', 'V', 'device_health', 'battery_v'),
  rule('LinkQuality', '1', 'device_health', 'link_quality'),
];

/** More devices than one message ever carries. */
const devicesMax = 64;

/** `{"ZbReceived":{"0x2916":{"Name":"porch","Temperature":25.7,"LinkQuality":116}}}` */
export const gatherZigbee = (gatherer: Gatherer, bridge: Speaker, received: unknown): void => {
  if (typeof received !== 'object' || received === null) return;
  for (const [address, status] of Object.entries(received).slice(0, devicesMax)) {
    if (!/^0x[0-9A-Fa-f]{4}$/.test(address)) continue;
    gatherer.apply({ ...bridge, device: `${bridge.device}/${address}` }, status, rules);
  }
};
