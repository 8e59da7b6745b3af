import { defineMeasurement, float, integer } from './measurement.ts';

export const deviceHealth = defineMeasurement({
  name: 'device_health',
  description: 'How a device is, apart from what it measures.',
  tags: {},
  fields: {
    battery_pct: float('%', 0, 100, 'Battery charge.'),
    battery_v: float('V', 0, 60, 'Battery voltage.'),
    supply_v: float('V', 0, 1_000, 'Supply voltage of the electronics, where it is no battery.'),
    temperature_c: float('°C', -60, 150, 'Temperature inside the case or of the processor, not of the air.'),
    signal_dbm: float('dBm', -150, 20, 'Signal of the radio link to the device.'),
    snr_db: float('dB', -40, 60, 'Signal to noise of that link.'),
    downlink_snr_db: float(
      'dB',
      -32,
      31,
      'Signal to noise at which the device heard the network (LoRaWAN device status, margin).',
    ),
    link_quality: integer('1', 0, 255, 'Zigbee link quality.'),
    uptime_s: integer('s', 0, 4_000_000_000, 'Seconds since the device started.'),
    last_seen_age_s: float('s', 0, 1e10, 'Age of the latest message when the gateway wrote this.'),
    clock_skew_s: float(
      's',
      -1e10,
      1e10,
      'Device clock minus receive time, from the latest message that carried a time.',
    ),
    clock_trusted: integer(
      'bool',
      0,
      1,
      'Whether that time was believed (1) or the receive time was used (0).',
    ),
    online: integer('bool', 0, 1, 'Online (1) or known to be offline (0).'),
  },
});
