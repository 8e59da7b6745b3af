import { type Dialect, hasKeys } from './dialect.ts';
import { figure, ignored, type Keyed, leftOut, vocabularyOf } from './term.ts';

const total = { phase: 'total' } as const;

const electrical = ['activepower', 'powerconsumption', 'energy', 'current', 'voltage', 'power'];

/** The Things Network's codec calls the relay a button. */
const hasButton = (keyed: Keyed): boolean => {
  const button = keyed.get('button');
  return (button === 'open' || button === 'close') && electrical.some((key) => keyed.has(key));
};

/** A power factor in per cent beside whole milliamperes. */
const hasPercentFactor = (keyed: Keyed): boolean => {
  const factor = keyed.get('powerfactor');
  const current = keyed.get('current') ?? 0;
  return typeof factor === 'number' && factor > 1 && Number.isInteger(current);
};

/**
 * Socket and switch meters WS501 to WS558: mA, Wh and a power factor of per cent. The Things Network's codec for
 * WS52x calls that power factor `power`; Milesight's own never writes that key.
 */
export const milesightSocket: Dialect = {
  name: 'milesight-socket',
  marked: (keyed) => keyed.has('socketstatus') || hasButton(keyed) || hasPercentFactor(keyed),
  models: /\bws-?5(?:\d\d|2x)/i,
  terms: vocabularyOf({
    current: figure('current', 'mA', 'power', 'current_a', total),
    total_current: figure('total_current', 'mA', 'power', 'current_a', total),
    power_factor: figure('power_factor', 'percent as ratio', 'power', 'power_factor', total, {
      absent: [255],
    }),
    power: figure('power', 'percent as ratio', 'power', 'power_factor', total, {
      absent: [255],
      doubt: (_, keyed) =>
        keyed.has('powerfactor') || keyed.has('factor') ? 'watts of another codec than this one' : undefined,
    }),
    voltage: figure('voltage', 'V', 'power', 'voltage_v', total),
    energy: figure('energy', 'Wh', 'power', 'energy_import_wh', total),
    temperature: figure('temperature', '°C', 'device_health', 'temperature_c'),
  }),
};

/** Current transformers CT101 to CT310: A, Ah, and on newer ones kWh; the temperature is the cable's. */
export const milesightClamp: Dialect = {
  name: 'milesight-clamp',
  marked: hasKeys(
    ['totalcurrent'],
    ['currentmax'],
    ['currentsensorstatus'],
    ['ch1sumkwh'],
    ['currentchn1'],
    ['currentchn2'],
    ['currentchn3'],
    ['currentalarmcurrentthresholdalarm'],
  ),
  models: /\bct-?(?:10[135]|30[35]|310)/i,
  terms: vocabularyOf({
    current: figure('current', 'A', 'power', 'current_a', total),
    current_max: leftOut('current_max: the highest of an interval is not the current now'),
    current_sensor_status: leftOut('current_sensor_status: the clamp could not be read'),
    temperature: ignored,
  }),
};
