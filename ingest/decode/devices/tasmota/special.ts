import { type Gatherer, type Speaker, valueAt } from '../../measure.ts';
import { rule } from '../../rule.ts';

type Gather = (gatherer: Gatherer, speaker: Speaker, sensor: unknown) => void;

/** Distances in cm of what was detected, of what moves and of what is still; all are 0 where there is nobody. */
const gatherLd2410: Gather = (gatherer, speaker, sensor) => {
  const distances = valueAt(sensor, ['Distance']);
  if (!Array.isArray(distances) || !distances.every((distance) => typeof distance === 'number')) return;
  gatherer.add(speaker, 'occupancy', 'occupied', Number(distances.some((distance) => distance > 0)));
};

/** `People` is a state and no count: 0 and 1 nobody, 2 and 3 somebody. */
const gatherLd2410s: Gather = (gatherer, speaker, sensor) => {
  const state = valueAt(sensor, ['People']);
  if (state === 0 || state === 1 || state === 2 || state === 3)
    gatherer.add(speaker, 'occupancy', 'occupied', Number(state >= 2));
};

const rainRules = [rule('FlowRate', 'mm/h', 'weather', 'rain_mm_h')];

/** Sensors whose figures have a meaning of their own, by the name of their object. */
export const special: Readonly<Record<string, Gather>> = {
  LD2410: gatherLd2410,
  LD2410S: gatherLd2410s,
  'RG-15': (gatherer, speaker, sensor) => {
    gatherer.apply(speaker, sensor, rainRules);
  },
};

const switchRule = rule('Switch', 'bool', 'occupancy', 'occupied', {}, { words: { on: 1, off: 0 } });

/** `Switch1` is how Tasmota tells of a motion sensor on a pin; a second one is a device of its own. */
export const gatherSwitch = (gatherer: Gatherer, speaker: Speaker, key: string, value: unknown): void => {
  const number = /^Switch(\d{1,2})$/.exec(key)?.[1];
  if (number === undefined) return;
  const device = number === '1' ? speaker.device : `${speaker.device}/switch${number}`;
  gatherer.take({ ...speaker, device }, switchRule, value);
};
