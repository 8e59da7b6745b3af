import { type Dialect, hasKeys } from './dialect.ts';
import { each, figure, ignored, vocabularyOf } from './term.ts';

const counts = hasKeys(['status', 'time', 'count']);

/**
 * Tabs sensors: the battery in volts, and a temperature of the board. Of the ones with a bare `status`, only the
 * motion sensor TBMS100 also counts, and there it says whether the place is taken.
 */
export const browanMotion: Dialect = {
  name: 'browan-motion',
  marked: (keyed) => {
    const battery = keyed.get('battery');
    return typeof battery === 'number' && battery <= 5 && counts(keyed);
  },
  models: /\btbms/i,
  terms: vocabularyOf({
    status: figure('status', 'bool', 'occupancy', 'occupied'),
    battery: figure('battery', 'V', 'device_health', 'battery_v'),
    temp: figure('temp', '°C', 'device_health', 'temperature_c'),
    time: ignored,
    count: ignored,
  }),
};

export const browan: Dialect = {
  name: 'browan',
  marked: hasKeys(['temperatureboard', 'battery']),
  models: /\btb(?:hv|hh|sl|am|dw|pb|wl)\d/i,
  terms: vocabularyOf({
    ...each(['battery'], (key) => figure(key, 'V', 'device_health', 'battery_v')),
    status: ignored,
  }),
};
