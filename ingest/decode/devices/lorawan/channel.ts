import { lightWords, presenceWords } from '../../words.ts';
import { figure, leftOut, type Term } from './term.ts';

/** A key with a number in it: which part of the device speaks, and what it says. */
export interface ChannelTerm {
  readonly term: Term;
  /** Part of the identity after the device's own, `line_2`; absent where the part is the device itself. */
  readonly channel?: string;
  /** Cayenne numbers its sensors: the lowest of a kind is the device's own, whatever its number. */
  readonly cayenne?: { readonly kind: string; readonly number: number };
}

const total = { phase: 'total' } as const;
const count = { absent: [255] } as const;

interface Pattern {
  /** The number is the first group. */
  readonly key: RegExp;
  readonly term: Term;
  /** Name of the parts; where `firstIsDevice`, number one is the device itself. */
  readonly part: string;
  readonly firstIsDevice: boolean;
}

const line = (rest: string, term: Term): Pattern => ({
  key: new RegExp(`^line(\\d{1,2})${rest}$`),
  term,
  part: 'line',
  firstIsDevice: true,
});
const region = (rest: string, term: Term): Pattern => ({
  key: new RegExp(`^region(\\d{1,2})${rest}$`),
  term,
  part: 'region',
  firstIsDevice: false,
});
const clamp = (key: RegExp, term: Term): Pattern => ({ key, term, part: 'chn', firstIsDevice: true });

const patterns: readonly Pattern[] = [
  line('totalin', figure('total_in', 'persons', 'occupancy', 'in_total')),
  line('totalout', figure('total_out', 'persons', 'occupancy', 'out_total')),
  line('periodin', figure('period_in', 'persons', 'occupancy', 'in_count')),
  line('periodout', figure('period_out', 'persons', 'occupancy', 'out_count')),
  region('count', figure('region_count', 'persons', 'occupancy', 'people', {}, count)),
  region('', figure('region', 'bool', 'occupancy', 'occupied', {}, { words: presenceWords })),
  region(
    'occupancy',
    figure('region_occupancy', 'bool', 'occupancy', 'occupied', {}, { words: presenceWords }),
  ),
  region('(?:avg|max)dwell', leftOut('dwell: of those who left in the interval, not of those now present')),
  clamp(/^currentchn(\d)$/, figure('current_chn', 'A', 'power', 'current_a', total)),
  clamp(
    /^currentchn(\d)total$/,
    leftOut('current_chn_total: ampere-hours, which are neither a current nor energy'),
  ),
  clamp(/^currentchn(\d)sensorstatus$/, leftOut('current_chn_sensor_status: the clamp could not be read')),
  clamp(/^ch(\d)sumkwh$/, figure('ch_sumkwh', 'kWh', 'power', 'energy_import_wh', total)),
];

/** Cayenne LPP as ChirpStack's own codec (`temperatureSensor.1`) and The Things Stack's (`temperature_1`) write it. */
const cayenneTerms: Readonly<Record<string, Term>> = {
  temperature: figure('temperature', '°C', 'weather', 'temperature_c'),
  humidity: figure('humidity', '%', 'weather', 'humidity_pct'),
  barometer: figure('barometer', 'hPa', 'weather', 'pressure_hpa'),
  illuminance: figure('illuminance', 'lx', 'weather', 'illuminance_lx', {}, { words: lightWords }),
  presence: figure('presence', 'bool', 'occupancy', 'occupied', {}, { words: presenceWords }),
  concentration: leftOut('concentration: of which gas is not said'),
};
const cayenneNames: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  temperaturesensor: 'temperature',
  relativehumidity: 'humidity',
  humiditysensor: 'humidity',
  barometricpressure: 'barometer',
  barometer: 'barometer',
  luminosity: 'illuminance',
  illuminancesensor: 'illuminance',
  presence: 'presence',
  presencesensor: 'presence',
  concentration: 'concentration',
};
const cayenneKey = /^([a-z]+)(\d{1,3})$/;

/** Parts that have a name instead of a number: the second half of the light beam counter VS360. */
const named: Readonly<Record<string, ChannelTerm>> = {
  batterynode: { term: figure('battery_node', '%', 'device_health', 'battery_pct'), channel: 'node' },
};

const known = new Map<string, ChannelTerm | undefined>();
const knownMax = 5_000;

/** What a squashed key with a number means, or `undefined`. */
export const channelTerm = (key: string): ChannelTerm | undefined => {
  if (known.has(key)) return known.get(key);
  const found = find(key);
  if (known.size >= knownMax) known.clear();
  known.set(key, found);
  return found;
};

const find = (key: string): ChannelTerm | undefined => {
  if (Object.hasOwn(named, key)) return named[key];
  for (const pattern of patterns) {
    const number = pattern.key.exec(key)?.[1];
    if (number === undefined) continue;
    const { term, part, firstIsDevice } = pattern;
    return firstIsDevice && number === '1' ? { term } : { term, channel: `${part}_${number}` };
  }
  const [, name = '', number = ''] = cayenneKey.exec(key) ?? [];
  const kind = Object.hasOwn(cayenneNames, name) ? cayenneNames[name] : undefined;
  const term = kind === undefined ? undefined : cayenneTerms[kind];
  if (kind === undefined || term === undefined) return undefined;
  return { term, channel: `${kind}_${number}`, cayenne: { kind, number: Number(number) } };
};
