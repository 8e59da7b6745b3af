import { accessPoint, radio } from './access-point.ts';
import { deviceHealth } from './device-health.ts';
import type { FieldDefinition, MeasurementDefinition } from './measurement.ts';
import { occupancy } from './occupancy.ts';
import { pipeline } from './pipeline.ts';
import { power } from './power.ts';
import { probe } from './probe.ts';
import { type RollupName, type Rollups, rollups } from './rollup/rollups.ts';
import { weather } from './weather.ts';

/** All that Aperto writes. The store's tables, the API, the dashboards and the docs come from here. */
export const measurements = {
  occupancy,
  access_point: accessPoint,
  radio,
  probe,
  power,
  weather,
  device_health: deviceHealth,
  pipeline,
} as const;

export type Measurements = typeof measurements;
export type MeasurementName = keyof Measurements;
/** All that a store may hold: what devices said, and what was worked out from it window by window. */
export type StoredName = MeasurementName | RollupName;
type Definitions = Measurements & Rollups;
export type FieldName<M extends StoredName> = keyof Definitions[M]['fields'] & string;
/** Tags that every point has, and those of its measurement. */
export type TagName<M extends StoredName> = CommonTag | (keyof Definitions[M]['tags'] & string);

export const commonTags = ['site', 'zone', 'device'] as const;
export type CommonTag = (typeof commonTags)[number];

export const measurementNames = Object.keys(measurements).filter(isMeasurementName);

export function isMeasurementName(name: string): name is MeasurementName {
  return Object.hasOwn(measurements, name);
}

const stored: Readonly<Record<StoredName, MeasurementDefinition>> = { ...measurements, ...rollups };

export const storedNames: readonly StoredName[] = Object.keys(stored).filter(isStoredName);

export function isStoredName(name: string): name is StoredName {
  return Object.hasOwn(stored, name);
}

/** The definition of a measurement, seen as data. */
export const definitionOf = (name: StoredName): MeasurementDefinition => stored[name];

/** The definition of a field, or `undefined` where the measurement has none of that name. */
export const fieldOf = (name: StoredName, field: string): FieldDefinition | undefined => {
  const fields = definitionOf(name).fields;
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
};

/** All tag names of a measurement, common ones first, always in the same order. */
export const tagsOf = (name: StoredName): readonly string[] => [
  ...commonTags,
  ...Object.keys(definitionOf(name).tags),
];
