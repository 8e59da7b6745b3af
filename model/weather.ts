import { defineMeasurement, float } from './measurement.ts';

export const weather = defineMeasurement({
  name: 'weather',
  description: 'Weather and environment at the mast.',
  tags: {},
  fields: {
    temperature_c: float('°C', -60, 70, 'Air temperature.'),
    humidity_pct: float('%', 0, 100, 'Relative humidity.'),
    pressure_hpa: float('hPa', 850, 1_100, 'Air pressure at the station.'),
    wind_m_s: float('m/s', 0, 90, 'Mean wind speed.'),
    rain_mm_h: float('mm/h', 0, 400, 'Rain rate.'),
    illuminance_lx: float('lx', 0, 200_000, 'Illuminance.'),
    noise_dba: float('dB(A)', 0, 150, 'A-weighted sound level.'),
    pm25_ug_m3: float('µg/m³', 0, 2_000, 'Fine dust, PM2.5.'),
    co2_ppm: float('ppm', 250, 40_000, 'Carbon dioxide.'),
  },
});
