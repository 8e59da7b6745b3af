import { defineMeasurement } from '../measurement.ts';
import { part, validMs } from './fields.ts';

export const healthRollup = defineMeasurement({
  name: 'health',
  description: 'How a device was in a window.',
  tags: {},
  fields: {
    valid_ms: validMs,
    reports: part('1', 'Reports that came.'),
    last_seen: part('ms', 'Time of the latest report, epoch milliseconds.'),
    battery_pct: part('%', 'Latest battery charge.'),
    link_quality: part('1', 'Latest link quality.'),
    signal_dbm: part('dBm', 'Latest signal of the link to the device.'),
    clock_skew_s: part('s', 'Latest clock skew.'),
  },
});
