import { accessPoint, radio } from './access-point.ts';
import { deviceHealth } from './device-health.ts';
import type { FieldDefinition, MeasurementDefinition } from './measurement.ts';
import { occupancy } from './occupancy.ts';
import { power } from './power.ts';
import { probe } from './probe.ts';
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
} as const;

export type Measurements = typeof measurements;
export type MeasurementName = keyof Measurements;
export type FieldName<M extends MeasurementName> = keyof Measurements[M]['fields'] & string;
/** Tags that every point has, and those of its measurement. */
export type TagName<M extends MeasurementName> = CommonTag | (keyof Measurements[M]['tags'] & string);

export const commonTags = ['site', 'zone', 'device'] as const;
export type CommonTag = (typeof commonTags)[number];

export const measurementNames = Object.keys(measurements).filter(isMeasurementName);

export function isMeasurementName(name: string): name is MeasurementName {
  return Object.hasOwn(measurements, name);
}

/** The definition of a measurement, seen as data. */
export const definitionOf = (name: MeasurementName): MeasurementDefinition => measurements[name];

/** The definition of a field, or `undefined` where the measurement has none of that name. */
export const fieldOf = (name: MeasurementName, field: string): FieldDefinition | undefined => {
  const fields = definitionOf(name).fields;
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
};

/** All tag names of a measurement, common ones first, always in the same order. */
export const tagsOf = (name: MeasurementName): readonly string[] => [
  ...commonTags,
  ...Object.keys(definitionOf(name).tags),
];
