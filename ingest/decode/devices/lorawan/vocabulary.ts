import { lightWords, presenceWords } from '../../words.ts';
import { batteryTerms } from './battery.ts';
import { electricityTerms } from './electricity.ts';
import { each, figure, ignored, leftOut, type Term, vocabularyOf } from './term.ts';

const occupancyTerms: Readonly<Record<string, Term>> = {
  ...each(
    ['occupied', 'is_occupied', 'occupancy', 'occupancy_status', 'presence', 'presence_status', 'pir'],
    (key) => figure(key, 'bool', 'occupancy', 'occupied', {}, { words: presenceWords }),
  ),
  ...each(['pir_status', 'seat_status', 'desk_status', 'presenceDetectedWhenSending'], (key) =>
    figure(key, 'bool', 'occupancy', 'occupied', {}, { words: presenceWords }),
  ),
  // As a number it is how often something moved, which is neither a state nor people.
  ...each(['motion', 'motion_detected', 'motion_status'], (key) =>
    figure(key, 'bool', 'occupancy', 'occupied', {}, { words: presenceWords, codes: {} }),
  ),
  ...each(
    ['people', 'people_count', 'people_counter', 'person_count', 'persons', 'headcount', 'number_of_people'],
    (key) => figure(key, 'persons', 'occupancy', 'people'),
  ),
  // One byte on the air: 255 is no count.
  ...each(['people_count_all', 'people_counter_all'], (key) =>
    figure(key, 'persons', 'occupancy', 'people', {}, { absent: [255] }),
  ),
  people_total_counts: figure('people_total_counts', 'persons', 'occupancy', 'people'),
  ...each(
    ['total_in', 'people_total_in', 'people_in_total', 'in_total', 'total_counter_in', 'cumulative_in'],
    (key) => figure(key, 'persons', 'occupancy', 'in_total'),
  ),
  ...each(
    ['total_out', 'people_total_out', 'people_out_total', 'out_total', 'total_counter_out', 'cumulative_out'],
    (key) => figure(key, 'persons', 'occupancy', 'out_total'),
  ),
  // Which side is a and which is left depends on how the counter was hung: a and left to right are taken for "in".
  total_counter_a: figure('total_counter_a', 'persons', 'occupancy', 'in_total'),
  total_counter_b: figure('total_counter_b', 'persons', 'occupancy', 'out_total'),
  ...each(['period_in', 'people_in', 'periodic_counter_in', 'counter_a'], (key) =>
    figure(key, 'persons', 'occupancy', 'in_count'),
  ),
  ...each(['period_out', 'people_out', 'periodic_counter_out', 'counter_b'], (key) =>
    figure(key, 'persons', 'occupancy', 'out_count'),
  ),
  people_count_max: leftOut('people_count_max: the most people of an interval are not those present now'),
  regions: leftOut(
    'regions: this codec (The Things Network, VS121) compares where it should shift; use Milesight’s own decoder',
  ),
};

const weatherTerms: Readonly<Record<string, Term>> = {
  ...each(
    ['temperature', 'temp', 'temp_c', 'temperature_c', 'air_temperature', 'ambient_temperature'],
    (key) => figure(key, '°C', 'weather', 'temperature_c'),
  ),
  TempC_SHT: figure('TempC_SHT', '°C', 'weather', 'temperature_c'),
  ...each(['humidity', 'relative_humidity', 'humidity_pct', 'air_humidity', 'rh', 'Hum_SHT'], (key) =>
    figure(key, '%', 'weather', 'humidity_pct'),
  ),
  ...each(['co2', 'co2_ppm', 'co2_concentration'], (key) => figure(key, 'ppm', 'weather', 'co2_ppm')),
  ...each(['pressure', 'barometric_pressure', 'atmospheric_pressure', 'air_pressure'], (key) =>
    figure(key, 'hPa', 'weather', 'pressure_hpa'),
  ),
  ...each(
    ['illuminance', 'illumination', 'illuminance_lx', 'lux', 'light', 'light_intensity', 'ILL_lx', 'ILL_lux'],
    (key) => figure(key, 'lx', 'weather', 'illuminance_lx', {}, { words: lightWords }),
  ),
  ...each(['pm2_5', 'pm2_5_ug_m3'], (key) => figure(key, 'µg/m³', 'weather', 'pm25_ug_m3')),
  ...each(['wind_speed', 'wind_speed_m_s'], (key) => figure(key, 'm/s', 'weather', 'wind_m_s')),
  ...each(['rain_rate', 'rain_intensity', 'rainfall_intensity'], (key) =>
    figure(key, 'mm/h', 'weather', 'rain_mm_h'),
  ),
  ...each(['noise_level', 'sound_level', 'soundAvg', 'decibel', 'laeq'], (key) =>
    figure(key, 'dB(A)', 'weather', 'noise_dba'),
  ),
  // A level of nought to five.
  light_level: ignored,
  luminosity: leftOut('luminosity: codecs write lux, per cent or a share; let this one say illuminance'),
};

const healthTerms: Readonly<Record<string, Term>> = {
  ...batteryTerms,
  ...each(['temperatureBoard', 'board_temperature', 'cpu_temperature', 'internal_temperature'], (key) =>
    figure(key, '°C', 'device_health', 'temperature_c'),
  ),
};

/**
 * What keys of decoded objects mean, whoever made the device: codecs of every vendor share most of their names.
 * Figures of the environment are in the units that LoRaWAN codecs use: °C, %, hPa, lx, ppm, µg/m³, m/s.
 */
export const vocabulary = vocabularyOf({
  ...occupancyTerms,
  ...weatherTerms,
  ...electricityTerms,
  ...healthTerms,
});
