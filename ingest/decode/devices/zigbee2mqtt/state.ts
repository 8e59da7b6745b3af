import { type Gatherer, type Speaker, valueAt } from '../../measure.ts';
import type { Rule } from '../../rule.ts';
import {
  airTemperature,
  areaOf,
  attributes,
  batteryRule,
  illuminance,
  occupied,
  plugTemperature,
  voltageRule,
} from './attributes.ts';
import { electricity, electricityOfPhaseA, inPercent, mainsKeys, outletPattern } from './electricity.ts';

type State = Readonly<Record<string, unknown>>;

/** What the whole of a state says about how to read its attributes. */
interface Reading {
  readonly state: State;
  readonly mains: boolean;
  readonly battery: boolean;
}

const has = (state: State, key: string): boolean => Object.hasOwn(state, key);

/** All figures of a device's state: an object of attributes, or one attribute of it. */
export const gatherState = (gatherer: Gatherer, speaker: Speaker, state: State): void => {
  const signed = withDirection(state);
  const reading = {
    state: signed,
    mains: mainsKeys.some((key) => has(signed, key)),
    battery: has(signed, 'battery') || has(signed, 'battery_low'),
  };
  for (const [key, value] of Object.entries(signed)) {
    if (value === null || typeof value === 'object') continue;
    const area = areaOf(key);
    if (area !== undefined) {
      gatherer.take({ ...speaker, device: `${speaker.device}/${area}` }, occupied, value);
      continue;
    }
    const outlet = outletOf(signed, key);
    if (outlet !== undefined) {
      const device = `${speaker.device}/${outlet.name}`;
      const found = electricity.get(outlet.key);
      if (found !== undefined) gatherer.take({ ...speaker, device }, found, value);
      continue;
    }
    const found = ruleOf(key, value, reading);
    if (found !== undefined) gatherer.take(speaker, found, value);
  }
  gatherer.sumPhases(speaker);
};

const ruleOf = (key: string, value: unknown, { state, mains, battery }: Reading): Rule | undefined => {
  switch (key) {
    case 'temperature':
      return mains && !has(state, 'humidity') ? plugTemperature : airTemperature;
    case 'illuminance':
      return typeof valueAt(state, ['illuminance_lux']) === 'number' ? undefined : illuminance;
    case 'battery_voltage':
      return batteryRule(key, value);
    case 'voltage':
      return voltageRule(value, { mains, battery, mainsRule: electricityOf(key, state) });
    default:
      return attributes.get(key) ?? inPercent(key, value) ?? electricityOf(key, state);
  }
};

/** `energy` is always that of the device; the others are phase A's where B or C is written and A is not. */
const electricityOf = (key: string, state: State): Rule | undefined => {
  const ofPhaseA = electricityOfPhaseA.get(key);
  if (ofPhaseA === undefined || key.includes('energy') || has(state, `${key}_phase_a`))
    return electricity.get(key);
  const inPhases = has(state, `${key}_phase_b`) || has(state, `${key}_phase_c`);
  return inPhases ? ofPhaseA : electricity.get(key);
};

const outletOf = (state: State, key: string): { readonly key: string; readonly name: string } | undefined => {
  const [, attribute, name] = outletPattern.exec(key) ?? [];
  if (attribute === undefined || name === undefined) return undefined;
  return has(state, `state_${name}`) || !name.startsWith('l') || name.length > 2
    ? { key: attribute, name }
    : undefined;
};

/** Tuya's clamp meters tell the direction apart from the size of the power. */
const withDirection = (state: State): State => {
  const signed: Record<string, unknown> = {};
  for (const suffix of ['', '_a', '_b', '_c']) {
    const power = state[`power${suffix}`];
    if (state[`energy_flow${suffix}`] === 'producing' && typeof power === 'number' && power > 0)
      signed[`power${suffix}`] = -power;
  }
  return Object.keys(signed).length === 0 ? state : { ...state, ...signed };
};
