import { type Dialect, hasKeys } from './dialect.ts';
import { figure, type Keyed, squash, vocabularyOf } from './term.ts';

const elsysKeys = new Set(
  [
    [
      'temperature',
      'humidity',
      'x',
      'y',
      'z',
      'light',
      'motion',
      'co2',
      'vdd',
      'analog1',
      'analog2',
      'lat',
      'long',
    ],
    [
      'pulse1',
      'pulseAbs',
      'pulse2',
      'pulseAbs2',
      'externalTemperature',
      'externalTemperature2',
      'digital',
      'digital2',
    ],
    [
      'distance',
      'accMotion',
      'irInternalTemperature',
      'irExternalTemperature',
      'occupancy',
      'waterleak',
      'grideye',
    ],
    ['pressure', 'soundPeak', 'soundAvg', 'analogUv', 'tvoc'],
  ]
    .flat()
    .map(squash),
);

/** `occupancy` as a number among keys that are all of this codec: other codecs write words. */
const looksLikeElsys = (keyed: Keyed): boolean => {
  if (typeof keyed.get('occupancy') !== 'number') return false;
  for (const key of keyed.keys()) if (!elsysKeys.has(key)) return false;
  return true;
};

const marks = hasKeys(['vdd'], ['accmotion'], ['x', 'y', 'z'], ['irinternaltemperature'], ['grideye']);

/** ERS and EMS: `occupancy` is 0 free, 1 pending, 2 taken. Pending is not known either way. */
export const elsys: Dialect = {
  name: 'elsys',
  marked: (keyed) => marks(keyed) || looksLikeElsys(keyed),
  models: /\b(?:elsys|ems|ers)\b/i,
  terms: vocabularyOf({
    occupancy: figure(
      'occupancy',
      'bool',
      'occupancy',
      'occupied',
      {},
      { codes: { 0: 0, 1: undefined, 2: 1 } },
    ),
  }),
};
