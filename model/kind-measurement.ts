import type { MeasurementName } from './measurements.ts';
import type { Kind } from './topic.ts';

/** What a device of a kind reports of its own; `status` is about the device itself. */
export const kindMeasurement = {
  seat: 'occupancy',
  counter: 'occupancy',
  'access-point': 'access_point',
  probe: 'probe',
  meter: 'power',
  weather: 'weather',
  status: 'device_health',
} as const satisfies Readonly<Record<Kind, MeasurementName>>;
