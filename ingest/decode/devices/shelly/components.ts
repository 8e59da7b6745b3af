import { type Rule, rule } from '../../rule.ts';

const total = { phase: 'total' } as const;
const phases = ['a', 'b', 'c'] as const;
type Phase = (typeof phases)[number];

const phaseRules = (phase: Phase): Rule[] => [
  rule(`${phase}_act_power`, 'W', 'power', 'active_power_w', { phase }),
  // The vendor's own example of EM.GetStatus writes one phase so.
  rule(`${phase}_active_power`, 'W', 'power', 'active_power_w', { phase }),
  rule(`${phase}_aprt_power`, 'VA', 'power', 'apparent_power_va', { phase }),
  rule(`${phase}_voltage`, 'V', 'power', 'voltage_v', { phase }),
  rule(`${phase}_current`, 'A', 'power', 'current_a', { phase }),
  rule(`${phase}_pf`, '1', 'power', 'power_factor', { phase }),
  rule(`${phase}_freq`, 'Hz', 'power', 'frequency_hz', { phase }),
];

const phaseEnergyRules = (phase: Phase): Rule[] => [
  rule(`${phase}_total_act_energy`, 'Wh', 'power', 'energy_import_wh', { phase }),
  rule(`${phase}_total_act_ret_energy`, 'Wh', 'power', 'energy_export_wh', { phase }),
];

const meterRules = [
  rule('act_power', 'W', 'power', 'active_power_w', total),
  rule('apower', 'W', 'power', 'active_power_w', total),
  rule('aprt_power', 'VA', 'power', 'apparent_power_va', total),
  rule('aprtpower', 'VA', 'power', 'apparent_power_va', total),
  rule('voltage', 'V', 'power', 'voltage_v', total),
  rule('current', 'A', 'power', 'current_a', total),
  rule('pf', '1', 'power', 'power_factor', total),
  rule('freq', 'Hz', 'power', 'frequency_hz', total),
];

/** An output with a meter, and how warm it is inside. */
const outputRules = [...meterRules, rule('temperature.tC', '°C', 'device_health', 'temperature_c')];

const bluetoothRules = [
  rule('rssi', 'dBm', 'device_health', 'signal_dbm'),
  rule('battery', '%', 'device_health', 'battery_pct'),
];

/** Fields of each component by its type: the part of its key before the colon. */
export const components = {
  em: [
    ...phases.flatMap(phaseRules),
    rule('total_act_power', 'W', 'power', 'active_power_w', total),
    rule('total_aprt_power', 'VA', 'power', 'apparent_power_va', total),
    rule('total_current', 'A', 'power', 'current_a', total),
  ],
  emdata: [
    ...phases.flatMap(phaseEnergyRules),
    rule('total_act', 'Wh', 'power', 'energy_import_wh', total),
    rule('total_act_ret', 'Wh', 'power', 'energy_export_wh', total),
  ],
  em1: meterRules,
  em1data: [
    rule('total_act_energy', 'Wh', 'power', 'energy_import_wh', total),
    rule('total_act_ret_energy', 'Wh', 'power', 'energy_export_wh', total),
  ],
  pm1: [...meterRules, rule('temperature.tC', '°C', 'device_health', 'temperature_c')],
  switch: outputRules,
  cover: outputRules,
  light: outputRules,
  rgb: outputRules,
  rgbw: outputRules,
  cct: outputRules,
  voltmeter: [rule('voltage', 'V', 'power', 'voltage_v', total)],
  presencezone: [
    rule('num_objects', 'persons', 'occupancy', 'people'),
    rule('value', 'bool', 'occupancy', 'occupied'),
  ],
  illuminance: [rule('lux', 'lx', 'weather', 'illuminance_lx')],
  temperature: [rule('tC', '°C', 'weather', 'temperature_c')],
  humidity: [rule('rh', '%', 'weather', 'humidity_pct')],
  devicepower: [
    rule('battery.percent', '%', 'device_health', 'battery_pct'),
    rule('battery.V', 'V', 'device_health', 'battery_v'),
  ],
  bthomedevice: bluetoothRules,
  blutrv: [...bluetoothRules, rule('current_C', '°C', 'weather', 'temperature_c')],
  wifi: [
    // An Ethernet device whose radio is off says 0.
    rule('rssi', 'dBm', 'device_health', 'signal_dbm', {}, { absent: [0] }),
    rule('ap_client_count', 'clients', 'access_point', 'clients'),
  ],
  sys: [rule('uptime', 's', 'device_health', 'uptime_s')],
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

/** The same sensor inside the case of a meter. */
export const caseTemperature = [rule('tC', '°C', 'device_health', 'temperature_c')];

/** Components whose status has no figure of ours. */
export const silentComponents = [
  'ble',
  'boolean',
  'bthome',
  'bthomesensor',
  'button',
  'cloud',
  'enum',
  'eth',
  'flood',
  'group',
  'input',
  'knx',
  'matter',
  'modbus',
  'mqtt',
  'number',
  'presence',
  'script',
  'smoke',
  'text',
  'thermostat',
  'ui',
  'ws',
] as const;

export type ComponentType = keyof typeof components;
export const isComponentType = (type: string): type is ComponentType => Object.hasOwn(components, type);
