import { describe, expect, it } from 'vitest';
import { quantityOf } from './quantity.ts';

/** `field unit phase` of a figure as somebody names it. */
const quantity = (name: string, unit?: string): string => {
  const found = quantityOf({ name, unit });
  if (found === undefined) return 'nothing';
  if ('why' in found) return 'left out';
  const { field, unit: source, tags } = found.rule;
  return [field, source, tags.phase ?? ''].join(' ').trim();
};

describe('a name with a unit', () => {
  it.each([
    ['temperature', '°C', 'temperature_c °C'],
    ['Outside temp', '°F', 'temperature_c °F'],
    ['CPU temperature', '℃', 'temperature_c °C'],
    ['Motor Temperature', '°C', 'nothing'],
    ['battery', '%', 'battery_pct %'],
    ['battery', 'V', 'battery_v V'],
    ['battery voltage', 'mV', 'battery_v mV'],
    ['voltage', 'V', 'voltage_v V total'],
    ['voltage_phase_b', 'V', 'voltage_v V b'],
    ['Voltage L1-L2', 'V', 'nothing'],
    ['activePower L3', 'kW', 'active_power_w kW c'],
    ['Meter/L2/Power', 'W', 'active_power_w W b'],
    ['Meter/Voltage/Phase C', 'V', 'voltage_v V c'],
    ['Line 1/Power', 'W', 'active_power_w W total'],
    ['house', 'mW', 'nothing'],
    ['house', 'kW', 'active_power_w kW total'],
    ['power', 'mW', 'active_power_w mW total'],
    ['power', 'furlong', 'left out'],
    ['power factor', '%', 'power_factor percent as ratio total'],
    ['export power', 'W', 'nothing'],
    ['energy', 'kWh', 'energy_import_wh kWh total'],
    ['energy exported', 'kWh', 'energy_export_wh kWh total'],
    ['energy today', 'kWh', 'nothing'],
    ['current power', 'W', 'active_power_w W total'],
    ['co2', 'ppm', 'co2_ppm ppm'],
    ['voc', 'ppm', 'nothing'],
    ['pm2.5', '\u03bcg/m³', 'pm25_ug_m3 µg/m³'],
    ['wind gust', 'm/s', 'nothing'],
    ['wind speed', 'km/h', 'wind_m_s km/h'],
    ['sound level', 'dB', 'noise_dba dB(A)'],
    ['soil humidity', '%', 'nothing'],
    ['setpoint temperature', '°C', 'nothing'],
    ['people in', '#', 'in_total 1'],
    ['people', 'persons', 'people persons'],
    ['distance', 'm', 'nothing'],
  ])('%s in %s', (name, unit, expected) => {
    expect(quantity(name, unit)).toBe(expected);
  });
});

describe('a name without a unit', () => {
  it.each([
    ['temperature', 'temperature_c °C'],
    ['current power', 'active_power_w W total'],
    ['Energy_kWh', 'energy_import_wh kWh total'],
    ['Power (kW)', 'active_power_w kW total'],
    ['Temp C', 'temperature_c °C'],
    // Watt-hours, or thousands of them: nobody knows.
    ['energy', 'left out'],
    ['occupancy', 'occupied bool'],
    ['Seat/Occupied', 'occupied bool'],
    ['people', 'people 1'],
    ['battery-voltage', 'battery_v V'],
    ['Supply Voltage', 'supply_v V'],
    ['Phase C', 'nothing'],
    ['Inputs/A', 'nothing'],
    ['tx power', 'nothing'],
    ['', 'nothing'],
    ['x'.repeat(300), 'nothing'],
  ])('%s', (name, expected) => {
    expect(quantity(name)).toBe(expected);
  });
});

it('tells the temperature of a processor from that of the air', () => {
  const measurement = (name: string) => {
    const found = quantityOf({ name, unit: '°C' });
    return found !== undefined && 'rule' in found ? found.rule.measurement : undefined;
  };
  expect(measurement('cpu temperature')).toBe('device_health');
  expect(measurement('temperature')).toBe('weather');
});
