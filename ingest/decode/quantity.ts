import type { FieldName, MeasurementName } from '../../model/measurements.ts';
import type { Phase } from '../../model/power.ts';
import { fits, toSourceUnit } from './dimension.ts';
import type { Rule } from './rule.ts';
import type { SourceUnit } from './source-unit.ts';
import { isPhase, levelsOf, phasesOf, splitUnit, wordsOf } from './spoken-name.ts';
import { presenceWords } from './words.ts';

/** A figure that a device names in words, e.g. `Meter/L1/Active Power` in `kW`. */
export interface NamedFigure {
  /** Levels joined by `/`. */
  readonly name: string;
  /** As the device wrote it, where it did. */
  readonly unit?: string | undefined;
}

/** Where it goes; or why it is left out; `undefined` where the model does not speak of it. */
export type Quantity = { readonly rule: Rule } | { readonly why: string } | undefined;

interface Meaning {
  /** In the words of the name without phase and unit. */
  readonly words: RegExp;
  /** The unit where the device names none; `undefined` where that would be a guess. */
  readonly unit: SourceUnit | undefined;
  readonly measurement: MeasurementName;
  readonly field: string;
}

const meaning = <M extends MeasurementName>(
  words: RegExp,
  unit: SourceUnit | undefined,
  measurement: M,
  field: FieldName<M>,
): Meaning => ({ words, unit, measurement, field });

/** Not a figure of this moment: what somebody set, a bound, a mean, a sum of some period; or another thing's power. */
const otherwise =
  /\b(?:set ?point|setting|target|desired|nominal|rated|limit|max|maximum|min|minimum|alarm|alert|warning|threshold|calibration|average|avg|mean|peak|demand|forecast|daily|today|yesterday|weekly|monthly?|yearly?|offset|interval|cost|price|tariff|dew|soil|feels|gust)\b/;
const otherPower = /\b(?:export\w*|import\w*|delivered|returned|charg\w*|discharg\w*|tx|rx|transmit|reset)\b/;
const inside = '(?:cpu|processor|chip|board|case|device|internal|core|battery)';
const around = '(?:air|ambient|room|indoor|outdoor|inside|outside|external|current|measured|sensor)';

const electricity = [
  meaning(/\bpower factor$|^pf$|^cos ?phi$/, '1', 'power', 'power_factor'),
  meaning(/\bapparent power$/, 'VA', 'power', 'apparent_power_va'),
  meaning(/\breactive power$/, 'var', 'power', 'reactive_power_var'),
  meaning(new RegExp(`^(?!.*${otherPower.source}).*\\bpower$`), 'W', 'power', 'active_power_w'),
  meaning(
    /^(?!.*\b(?:reactive|apparent)\b)(?:.*\benergy\b.*\b(?:export(?:ed)?|returned|delivered|produced)\b|.*\b(?:export(?:ed)?|returned|delivered|produced)\b.*\benergy$)/,
    undefined,
    'power',
    'energy_export_wh',
  ),
  meaning(
    /^(?!.*\b(?:reactive|apparent)\b).*(?:\benergy(?: (?:import(?:ed)?|consumed|total|in))?$|\bconsumption$)/,
    undefined,
    'power',
    'energy_import_wh',
  ),
  meaning(/^batt?(?:ery)? volt(?:age)?$/, 'V', 'device_health', 'battery_v'),
  meaning(/^(?:supply voltage|vcc|vdd)$/, 'V', 'device_health', 'supply_v'),
  meaning(/\bvoltage$|^volts$/, 'V', 'power', 'voltage_v'),
  meaning(/\bcurrent$|^amps$/, 'A', 'power', 'current_a'),
  meaning(/\bfrequency$/, 'Hz', 'power', 'frequency_hz'),
];

const environment = [
  meaning(new RegExp(`^(?:${around} )*temp(?:erature)?$`), '°C', 'weather', 'temperature_c'),
  meaning(new RegExp(`^${inside} temp(?:erature)?$|^cputemp$`), '°C', 'device_health', 'temperature_c'),
  meaning(new RegExp(`^(?:(?:${around}|relative) )*(?:hum(?:idity)?|rh)$`), '%', 'weather', 'humidity_pct'),
  meaning(/^(?:(?:air|barometric|atmospheric) pressure|barometer)$/, 'hPa', 'weather', 'pressure_hpa'),
  meaning(/^pressure$/, undefined, 'weather', 'pressure_hpa'),
  meaning(/^(?:(?:ambient )?illuminance|lux|light level|brightness)$/, 'lx', 'weather', 'illuminance_lx'),
  meaning(/^(?:air )?(?:co ?2|carbon dioxide)(?: level| concentration)?$/, 'ppm', 'weather', 'co2_ppm'),
  meaning(/^pm ?2 ?5$/, 'µg/m³', 'weather', 'pm25_ug_m3'),
  meaning(/^wind(?: speed)?$/, undefined, 'weather', 'wind_m_s'),
  meaning(/^(?:rain(?:fall)?|precipitation)(?: rate| intensity)?$/, undefined, 'weather', 'rain_mm_h'),
  meaning(/^(?:noise|sound)(?: (?:pressure )?level)?$|^laeq$/, 'dB(A)', 'weather', 'noise_dba'),
];

const people = '(?:people|persons?|occupants?|head ?count|visitors?)';
const presence = [
  meaning(new RegExp(`^(?:${people} )?(?:total in|in total)$|^${people} in$`), '1', 'occupancy', 'in_total'),
  meaning(
    new RegExp(`^(?:${people} )?(?:total out|out total)$|^${people} out$`),
    '1',
    'occupancy',
    'out_total',
  ),
  meaning(
    new RegExp(`^(?:number of )?${people}(?: count| present)?$|^occupancy count$`),
    '1',
    'occupancy',
    'people',
  ),
  meaning(
    /^(?:is )?occupied$|^occupancy$|^pir$|^(?:presence|motion)(?: detected)?$/,
    'bool',
    'occupancy',
    'occupied',
  ),
  meaning(/^(?:connected |associated )?(?:clients|stations)$/, '1', 'access_point', 'clients'),
];

const health = [
  meaning(/^(?:batt?(?:ery)?(?: level| charge)?|state of charge|soc)$/, '%', 'device_health', 'battery_pct'),
  meaning(/^(?:(?:wifi |link )?rssi|(?:wifi )?signal(?: strength)?)$/, 'dBm', 'device_health', 'signal_dbm'),
  meaning(/^snr$/, 'dB', 'device_health', 'snr_db'),
  meaning(/^(?:lqi|link ?quality)$/, '1', 'device_health', 'link_quality'),
  meaning(/^uptime$/, undefined, 'device_health', 'uptime_s'),
];

/** What words mean, in the order in which they are tried. */
const meanings: readonly Meaning[] = [...electricity, ...environment, ...presence, ...health];

type Target = readonly [MeasurementName, string];

/** Units that tell what is measured, whatever it is called. */
const telling: Readonly<Partial<Record<SourceUnit, Target>>> = {
  W: ['power', 'active_power_w'],
  kW: ['power', 'active_power_w'],
  MW: ['power', 'active_power_w'],
  VA: ['power', 'apparent_power_va'],
  kVA: ['power', 'apparent_power_va'],
  var: ['power', 'reactive_power_var'],
  kvar: ['power', 'reactive_power_var'],
  Wh: ['power', 'energy_import_wh'],
  kWh: ['power', 'energy_import_wh'],
  MWh: ['power', 'energy_import_wh'],
  lx: ['weather', 'illuminance_lx'],
  dBm: ['device_health', 'signal_dbm'],
  'dB(A)': ['weather', 'noise_dba'],
};

/** True where a name says that its figure is no measurement of this moment, whatever the unit. */
export const isNotNow = (name: string): boolean => otherwise.test(wordsOf(name));

const nameLengthMax = 256;
const knownMax = 10_000;
const known = new Map<string, Quantity>();

/** What a named figure is. A phase may stand in the last level or be a level of its own. */
export const quantityOf = (figure: NamedFigure): Quantity => {
  if (figure.name.length > nameLengthMax) return undefined;
  const key = `${figure.name}\u0000${figure.unit ?? ''}`;
  if (known.has(key)) return known.get(key);
  const quantity = find(figure);
  if (known.size >= knownMax) known.clear();
  known.set(key, quantity);
  return quantity;
};

const find = ({ name, unit }: NamedFigure): Quantity => {
  const { level, above } = levelsOf(name);
  const { text, unit: suffix } = splitUnit(level);
  const phases = phasesOf(isPhase(above) ? `${text} ${above}` : text);
  const words = wordsOf(text, 'without phase');
  if (phases.length > 1 || otherwise.test(words)) return undefined;
  const written = unit === undefined || unit.trim() === '' ? suffix : unit;
  const given = written === undefined ? undefined : toSourceUnit(written);
  const found = meanings.find((each) => each.words.test(words));
  if (found === undefined) {
    const told = given === undefined || otherPower.test(words) ? undefined : telling[given];
    return told === undefined || given === undefined ? undefined : settle(told, given, phases[0]);
  }
  const { measurement, field } = found;
  if (written !== undefined && given === undefined) return { why: `${field}: its unit is not known here` };
  const source = given ?? found.unit;
  if (source === undefined) return { why: `${field}: no unit; let the device name it` };
  return settle([measurement, field], source, phases[0]) ?? battery(found, source);
};

/** A battery in volts is called "battery" by some. */
const battery = ({ field }: Meaning, unit: SourceUnit): Quantity =>
  field === 'battery_pct' ? settle(['device_health', 'battery_v'], unit, undefined) : undefined;

const settle = ([measurement, field]: Target, given: SourceUnit, phase: Phase | undefined): Quantity => {
  const unit = inField(given, field);
  if (!fits(unit, measurement, field)) return undefined;
  const tags = measurement === 'power' ? { phase: phase ?? 'total' } : {};
  const words = unit === 'bool' ? { words: presenceWords } : {};
  return { rule: { path: [field], unit, measurement, field, tags, ...words } };
};

/** Units that mean more in the field where they stand. */
const inField = (unit: SourceUnit, field: string): SourceUnit => {
  if (field === 'noise_dba' && unit === 'dB') return 'dB(A)';
  return field === 'power_factor' && unit === '%' ? 'percent as ratio' : unit;
};
