import type { MeasurementName } from '../../../../model/measurements.ts';
import { type Gatherer, isRecord, type Speaker, valueAt } from '../../measure.ts';
import { type Rule, rule } from '../../rule.ts';
import { fromIso } from '../../time.ts';
import { fieldKey, type Known } from './object.ts';

/** The Things Stack's common terms for measurements; units are fixed by its schema. */
const rules: readonly Rule[] = [
  rule('air.temperature', '°C', 'weather', 'temperature_c'),
  rule('air.relativeHumidity', '%', 'weather', 'humidity_pct'),
  rule('air.pressure', 'hPa', 'weather', 'pressure_hpa'),
  rule('air.co2', 'ppm', 'weather', 'co2_ppm'),
  rule('air.lightIntensity', 'lx', 'weather', 'illuminance_lx'),
  rule('wind.speed', 'm/s', 'weather', 'wind_m_s'),
  rule('rain.intensity', 'mm/h', 'weather', 'rain_mm_h'),
  rule('action.motion.detected', 'bool', 'occupancy', 'occupied'),
  rule('battery', 'V', 'device_health', 'battery_v'),
];

/** Keys of decoded payloads that the same quantity has as well, in whatever unit. */
const covers: Readonly<Record<string, readonly [MeasurementName, string][]>> = {
  battery_v: [
    ['device_health', 'battery_v'],
    ['device_health', 'battery_pct'],
  ],
};

/**
 * Reads `normalized_payload`: measurements in fixed units, each with its own time perhaps. Returns the fields that
 * are known by it, because the decoded payload beside it may have them in °F or knots.
 */
export const readNormalized = (gatherer: Gatherer, speaker: Speaker, normalized: unknown): Known => {
  const known = new Set<string>();
  const measurements = Array.isArray(normalized) ? normalized : [normalized];
  for (const measurement of measurements) {
    if (!isRecord(measurement)) continue;
    const time = fromIso(measurement.time, 'UTC') ?? speaker.time;
    for (const each of rules) {
      const value = valueAt(measurement, each.path);
      if (value === undefined) continue;
      gatherer.take({ ...speaker, time }, each, value);
      for (const [name, field] of covers[each.field] ?? [[each.measurement, each.field] as const]) {
        known.add(fieldKey(name, field));
      }
    }
  }
  return known;
};
