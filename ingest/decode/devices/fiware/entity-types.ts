import { type Rule, rule } from '../../rule.ts';
import type { SourceUnit } from '../../source-unit.ts';

/** An attribute of an entity type and the figure that it is. */
export interface EntityRule {
  readonly rule: Rule;
  /** The unit where no `unitCode` stands beside the value; absent where the data model leaves it open. */
  readonly unitOf?: (value: number) => SourceUnit | undefined;
}

/** The rules of an entity type by attribute. */
export type EntityRules = ReadonlyMap<string, readonly EntityRule[]>;

const byAttribute = (rules: readonly EntityRule[]): EntityRules => {
  const groups = new Map<string, EntityRule[]>();
  for (const each of rules) {
    const [attribute = ''] = each.rule.path;
    groups.set(attribute, [...(groups.get(attribute) ?? []), each]);
  }
  return groups;
};

const plain = (rules: readonly Rule[]): EntityRule[] => rules.map((each) => ({ rule: each }));

const total = { phase: 'total' } as const;
const lines = [
  ['L1', 'a'],
  ['L2', 'b'],
  ['L3', 'c'],
] as const;

/** Smart Data Models, Energy: ThreePhaseAcMeasurement. Power in W, VA, var; energy in kWh. */
const alternatingCurrent = plain([
  rule('totalActivePower', 'W', 'power', 'active_power_w', total),
  rule('totalApparentPower', 'VA', 'power', 'apparent_power_va', total),
  rule('totalReactivePower', 'var', 'power', 'reactive_power_var', total),
  rule('totalPowerFactor', '1', 'power', 'power_factor', total),
  rule('frequency', 'Hz', 'power', 'frequency_hz', total),
  rule('totalActiveEnergyImport', 'kWh', 'power', 'energy_import_wh', total),
  rule('totalActiveEnergyExport', 'kWh', 'power', 'energy_export_wh', total),
  ...lines.flatMap(([line, phase]) => [
    rule(['activePower', line], 'W', 'power', 'active_power_w', { phase }),
    rule(['apparentPower', line], 'VA', 'power', 'apparent_power_va', { phase }),
    rule(['reactivePower', line], 'var', 'power', 'reactive_power_var', { phase }),
    rule(['powerFactor', line], '1', 'power', 'power_factor', { phase }),
    rule(['phaseVoltage', line], 'V', 'power', 'voltage_v', { phase }),
    rule(['current', line], 'A', 'power', 'current_a', { phase }),
    rule(['activeEnergyImport', line], 'kWh', 'power', 'energy_import_wh', { phase }),
    rule(['activeEnergyExport', line], 'kWh', 'power', 'energy_export_wh', { phase }),
  ]),
]);

/** The data model says 0 to 1, many sources say per cent: only 1 itself could be either, and is the model's. */
const shareOrPercent = (value: number): SourceUnit => (value >= 0 && value <= 1 ? 'ratio' : '%');

const environment: readonly EntityRule[] = [
  ...plain([
    rule('temperature', '°C', 'weather', 'temperature_c'),
    rule('atmosphericPressure', 'hPa', 'weather', 'pressure_hpa'),
    rule('pressure', 'hPa', 'weather', 'pressure_hpa'),
    rule('windSpeed', 'm/s', 'weather', 'wind_m_s'),
    rule('illuminance', 'lx', 'weather', 'illuminance_lx'),
    rule('pm25', 'µg/m³', 'weather', 'pm25_ug_m3'),
    rule(['PM2.5'], 'µg/m³', 'weather', 'pm25_ug_m3'),
    rule('co2', 'ppm', 'weather', 'co2_ppm'),
    rule('LAeq', 'dB(A)', 'weather', 'noise_dba'),
  ]),
  { rule: rule('relativeHumidity', '%', 'weather', 'humidity_pct'), unitOf: shareOrPercent },
];

const people = plain([rule('peopleCount', 'persons', 'occupancy', 'people')]);

/**
 * Towards is taken for "in". Both are of the interval of observation. `occupancy` there is the share of time in
 * which anybody was seen, and no people.
 */
const crowdFlow = [
  ...people,
  ...plain([
    rule('peopleCountTowards', 'persons', 'occupancy', 'in_count'),
    rule('peopleCountAway', 'persons', 'occupancy', 'out_count'),
  ]),
];

const spotWords = { free: 0, occupied: 1, closed: Number.NaN, unknown: Number.NaN } as const;
const spot = plain([rule('status', 'bool', 'occupancy', 'occupied', {}, { words: spotWords })]);

/** 1 is full; -1 stands for "cannot be determined". */
const battery = plain([rule('batteryLevel', 'ratio', 'device_health', 'battery_pct', {}, { absent: [-1] })]);

const metering: readonly EntityRule[] = [
  { rule: rule('totalConsumption', 'kWh', 'power', 'energy_import_wh', total), unitOf: () => undefined },
  { rule: rule('powerFactor', '1', 'power', 'power_factor', total) },
];

const rulesOf: readonly (readonly [string, readonly EntityRule[]])[] = [
  ['CrowdFlowObserved', crowdFlow],
  ['ThreePhaseAcMeasurement', alternatingCurrent],
  ['ThreePhaseACMeasurement', alternatingCurrent],
  ['ACMeasurement', alternatingCurrent],
  ['SmartMeteringObservation', metering],
  ['AirQualityObserved', environment],
  ['WeatherObserved', environment],
  ['NoiseLevelObserved', environment],
  ['EnvironmentObserved', environment],
  ['IndoorEnvironmentObserved', [...environment, ...people]],
  ['ParkingSpot', spot],
  ['Building', plain([rule('peopleOccupancy', 'persons', 'occupancy', 'people')])],
  ['Device', [...battery, ...environment]],
];

/** Types of one's own for a place to sit. */
const seatTypes = ['Seat', 'Desk', 'Bench', 'Workstation', 'Workplace'];
const seat: readonly EntityRule[] = [
  ...spot,
  ...plain([rule('occupied', 'bool', 'occupancy', 'occupied')]),
  ...people,
  ...battery,
];

/** Entity types that carry figures of ours: those of Smart Data Models, and seats. */
export const entityTypes: ReadonlyMap<string, EntityRules> = new Map([
  ...rulesOf.map(([type, rules]) => [type, byAttribute(rules)] as const),
  ...seatTypes.map((type) => [type, byAttribute(seat)] as const),
]);
