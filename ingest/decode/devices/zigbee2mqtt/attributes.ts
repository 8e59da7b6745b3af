import { type Rule, rule } from '../../rule.ts';

/** Attributes that mean the same on every device, with the units of Zigbee2MQTT's "exposes". */
const rules = [
  rule('occupancy', 'bool', 'occupancy', 'occupied'),
  rule('presence', 'bool', 'occupancy', 'occupied'),
  rule(
    'presence_state',
    'bool',
    'occupancy',
    'occupied',
    {},
    {
      words: {
        none: 0,
        presence: 1,
        motion: 1,
        stationary: 1,
        peaceful: 1,
        small_movement: 1,
        large_movement: 1,
      },
    },
  ),
  rule('people', 'persons', 'occupancy', 'people'),
  rule('humidity', '%', 'weather', 'humidity_pct'),
  rule('pressure', 'hPa', 'weather', 'pressure_hpa'),
  rule('illuminance_lux', 'lx', 'weather', 'illuminance_lx'),
  rule('co2', 'ppm', 'weather', 'co2_ppm'),
  rule('pm25', 'µg/m³', 'weather', 'pm25_ug_m3'),
  rule('noise', 'dB(A)', 'weather', 'noise_dba'),
  rule('wind_speed', 'm/s', 'weather', 'wind_m_s'),
  rule('rain_rate', 'mm/h', 'weather', 'rain_mm_h'),
  rule('battery', '%', 'device_health', 'battery_pct'),
  rule('linkquality', '1', 'device_health', 'link_quality'),
  rule('device_temperature', '°C', 'device_health', 'temperature_c'),
  rule('cpu_temperature', '°C', 'device_health', 'temperature_c'),
];

export const attributes: ReadonlyMap<string, Rule> = new Map(rules.map((each) => [each.path[0] ?? '', each]));

/** Raw where `illuminance_lux` stands beside it (Zigbee2MQTT 1.x), else lux (2.x). */
export const illuminance = rule('illuminance', 'lx', 'weather', 'illuminance_lx');
export const airTemperature = rule('temperature', '°C', 'weather', 'temperature_c');
/** A plug has no sensor of the air: what it calls temperature is its own. */
export const plugTemperature = rule('temperature', '°C', 'device_health', 'temperature_c');

export const occupied = rule('occupied', 'bool', 'occupancy', 'occupied');

const area =
  /^(?:mmwave_)?(area|zone|region)_?(\d{1,2})_(?:occupancy|presence)$|^(?:occupancy|presence)_(area|zone|region)_?(\d{1,2})$/;

/** `mmwave_area2_occupancy`: the name of the area, `area2`. */
export const areaOf = (key: string): string | undefined => {
  if (!key.includes('occupancy') && !key.includes('presence')) return undefined;
  const match = area.exec(key);
  return match === null ? undefined : `${match[1] ?? match[3]}${match[2] ?? match[4]}`;
};

const battery = {
  mV: (key: string) => rule(key, 'mV', 'device_health', 'battery_v'),
  V: (key: string) => rule(key, 'V', 'device_health', 'battery_v'),
};
const batteryRules = {
  voltage: { mV: battery.mV('voltage'), V: battery.V('voltage') },
  battery_voltage: { mV: battery.mV('battery_voltage'), V: battery.V('battery_voltage') },
};
/** No battery of a Zigbee device has more volts, and none has so few millivolts. */
const batteryVoltsMax = 60;

export const batteryRule = (key: 'voltage' | 'battery_voltage', value: unknown): Rule =>
  batteryRules[key][typeof value === 'number' && value > batteryVoltsMax ? 'mV' : 'V'];

/**
 * `voltage` is that of the mains on a plug and that of the battery, in millivolts, on a sensor. Where neither other
 * attributes nor the size of the figure say which, it is not used.
 */
export const voltageRule = (
  value: unknown,
  { mains, battery, mainsRule }: { mains: boolean; battery: boolean; mainsRule: Rule | undefined },
): Rule | undefined => {
  if (mains) return mainsRule;
  if (battery || (typeof value === 'number' && value >= 1_000)) return batteryRule('voltage', value);
  return typeof value === 'number' && value > batteryVoltsMax ? mainsRule : undefined;
};
