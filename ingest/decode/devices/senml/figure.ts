import { isNotNow, quantityOf } from '../../quantity.ts';
import type { Rule } from '../../rule.ts';
import { isPhase } from '../../spoken-name.ts';
import { hasAddress, withoutAddresses } from '../address.ts';
import type { ResolvedRecord } from './records.ts';
import { senmlUnit } from './units.ts';

/** Whose figure a record is, and what it is called there. */
interface Named {
  readonly device: string;
  /** Levels joined by `/`; empty where the name is the device's alone. */
  readonly quantity: string;
}

/** What a record says: where it goes, and the number to put there. */
export interface Figure {
  readonly device: string;
  readonly quantity: string;
  readonly rule: Rule;
  readonly value: number | boolean | string;
}

const separators = /[:/]/;
const trimmed = (base: string): string => base.replace(/[:/._-]+$/, '');

/** True where words alone say what is measured. */
const isQuantity = (name: string): boolean => quantityOf({ name, unit: undefined }) !== undefined;

/**
 * A base name is the device and a name below it the quantity; levels between are parts of the device, but for those
 * that name a phase. Where one name has it all, its last part is the quantity if it says one. Where the name is a
 * mere word, or an address stands for the device, the topic is the device.
 */
export const nameOf = ({ base, name }: Pick<ResolvedRecord, 'base' | 'name'>, topic: string): Named => {
  if (base !== '' && name !== '') return below(ownOf(trimmed(base), topic), partsOf(name));
  const whole = base === '' ? name : base;
  const last = whole.split(separators).at(-1) ?? '';
  if (last === whole && /^[A-Za-z_-]+$/.test(whole)) return { device: topic, quantity: whole };
  if (!isQuantity(last)) return { device: ownOf(trimmed(whole), topic), quantity: '' };
  const device = trimmed(whole.slice(0, whole.length - last.length));
  return { device: ownOf(device, topic), quantity: last };
};

const partsOf = (name: string): readonly string[] =>
  withoutAddresses(name)
    .split(separators)
    .filter((part) => part !== '');

const below = (device: string, parts: readonly string[]): Named => {
  const channel = parts.slice(0, -1).filter((part) => !isPhase(part));
  const phases = parts.filter((part, index) => index === parts.length - 1 || isPhase(part));
  return { device: [device, ...channel].join('/'), quantity: phases.join('/') };
};

/** A path of LwM2M, `/3303/0`, is one of its device alone [RFC 8428 §4.5.1], and the topic says which that is. */
const ownOf = (device: string, topic: string): string => {
  if (device.startsWith('/')) return `${topic}${device}`;
  return device === '' || hasAddress(device) ? topic : device;
};

const ruleOf = (quantity: string, unit: string | undefined, usual: string | undefined): Rule | undefined => {
  const named = quantity === '' ? undefined : quantityOf({ name: quantity, unit });
  if (named !== undefined) return 'rule' in named ? named.rule : undefined;
  if (usual === undefined || isNotNow(quantity)) return undefined;
  const told = quantityOf({ name: usual, unit });
  return told !== undefined && 'rule' in told ? told.rule : undefined;
};

/** Seconds of a power are an energy: a sum of `W` counts joules [RFC 8428 §4.5.7]. */
const sumRule = (rule: Rule): Rule | undefined => {
  if (rule.field !== 'active_power_w' || rule.unit !== 'W') return undefined;
  return { ...rule, path: ['s'], unit: 'J', field: 'energy_import_wh' };
};

/** The figures of a record: its value, its sum, or none that the model speaks of. */
export const figuresOf = (record: ResolvedRecord, topic: string): Figure[] => {
  const known = record.unit === undefined ? undefined : senmlUnit(record.unit);
  if (record.unit !== undefined && known === undefined) return [];
  const { device, quantity } = nameOf(record, topic);
  const rule = ruleOf(quantity, known?.unit, known?.usual);
  if (rule === undefined) return [];
  const figures: Figure[] = [];
  const { value, sum } = record;
  // A word is a figure only where it says that a place is taken or free.
  if (value !== undefined && (typeof value === 'number' || rule.unit === 'bool')) {
    const converted = typeof value === 'number' ? value * (known?.factor ?? 1) : value;
    figures.push({ device, quantity, rule, value: converted });
  }
  const summed = sum === undefined ? undefined : sumRule(rule);
  if (sum !== undefined && summed !== undefined)
    figures.push({ device, quantity: `${quantity} sum`, rule: summed, value: sum });
  return figures;
};
