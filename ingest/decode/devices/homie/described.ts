import { isRecord, valueAt } from '../../measure.ts';
import type { Json, Memory } from '../../memory.ts';

/** What a property's attributes say of its values. */
export interface Property {
  readonly unit?: string;
  readonly datatype?: string;
}

const propertiesMax = 500;
const childrenMax = 200;
const textMax = 64;

const propertiesKey = (device: string): string => `homie/properties/${device}`;
const ownersKey = (device: string): string => `homie/owners/${device}`;
const childrenKey = (device: string): string => `homie/children/${device}`;

const shortText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= textMax ? value : undefined;

const toProperty = (value: unknown): Property => {
  const unit = shortText(valueAt(value, ['unit']));
  const datatype = shortText(valueAt(value, ['datatype']));
  return { ...(unit === undefined ? {} : { unit }), ...(datatype === undefined ? {} : { datatype }) };
};

type Properties = Record<string, { readonly [key: string]: Json }>;
const toJson = ({ unit, datatype }: Property): { readonly [key: string]: Json } => ({
  ...(unit === undefined ? {} : { unit }),
  ...(datatype === undefined ? {} : { datatype }),
});

/** What is known of a property (`node/property`) of a device; nothing where it never described itself. */
export const propertyOf = (device: string, name: string, memory: Memory): Property =>
  toProperty(valueAt(memory.get(propertiesKey(device)), [name]));

export const isDescribed = (device: string, memory: Memory): boolean =>
  memory.get(propertiesKey(device)) !== undefined;

/** One attribute topic of Homie 3 and 4: `$unit` or `$datatype`. */
export const rememberAttribute = (
  device: string,
  name: string,
  attribute: Property,
  memory: Memory,
): void => {
  const known = memory.get(propertiesKey(device));
  const properties: Properties = {};
  for (const [key, value] of Object.entries(isRecord(known) ? known : {}))
    properties[key] = toJson(toProperty(value));
  if (!Object.hasOwn(properties, name) && Object.keys(properties).length >= propertiesMax) return;
  const before = toProperty(properties[name]);
  const after = { ...before, ...attribute };
  if (before.unit === after.unit && before.datatype === after.datatype) return;
  memory.set(propertiesKey(device), { ...properties, [name]: toJson(after) });
};

/** The description document of Homie 5: all properties at once, and whose child the device is. */
export const rememberDescription = (
  device: string,
  description: Readonly<Record<string, unknown>>,
  memory: Memory,
): void => {
  const properties: Properties = {};
  for (const [node, { properties: own }] of recordsOf(description.nodes)) {
    for (const [name, property] of recordsOf(own)) {
      if (Object.keys(properties).length < propertiesMax)
        properties[`${node}/${name}`] = toJson(toProperty(property));
    }
  }
  memory.set(propertiesKey(device), properties);
  const root = shortText(description.root);
  if (root !== undefined) rememberChild(`${prefixOf(device)}${root}`, device, memory);
};

const recordsOf = (value: unknown): [string, Readonly<Record<string, unknown>>][] =>
  Object.entries(isRecord(value) ? value : {}).filter(
    (entry): entry is [string, Readonly<Record<string, unknown>>] => isRecord(entry[1]),
  );

/** The domain that stands before the device's id, with its slash, where it is not the usual one. */
const prefixOf = (device: string): string => device.slice(0, device.lastIndexOf('/') + 1);

const rememberChild = (root: string, child: string, memory: Memory): void => {
  const known = childrenOf(root, memory);
  if (!known.includes(child) && known.length < childrenMax) memory.set(childrenKey(root), [...known, child]);
};

/** Devices behind a root: its last will speaks for all of them [Homie 5, device lifecycle]. */
export const childrenOf = (root: string, memory: Memory): readonly string[] => {
  const known = memory.get(childrenKey(root));
  return Array.isArray(known) ? known.filter((child) => typeof child === 'string') : [];
};

/**
 * Who speaks for a figure: the device, for the first of its nodes that was heard with that figure; the node, for
 * others with the same, so that one does not overwrite the other.
 */
export const speakerOf = (device: string, node: string, figure: string, memory: Memory): string => {
  const known = memory.get(ownersKey(device));
  const owner = valueAt(known, [figure]);
  if (typeof owner === 'string') return owner === node ? device : `${device}/${node}`;
  const owners: Record<string, string> = {};
  for (const [key, value] of Object.entries(isRecord(known) ? known : {}))
    if (typeof value === 'string') owners[key] = value;
  memory.set(ownersKey(device), { ...owners, [figure]: node });
  return device;
};
