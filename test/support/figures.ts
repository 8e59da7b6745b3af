import { fieldOf, type MeasurementName } from '../../model/measurements.ts';
import type { Site } from '../../model/site.ts';
import type { Kind } from '../../model/topic.ts';

type Json = Readonly<Record<string, unknown>>;
type KeyOf = (
  measurement: string,
  field: string,
  tags: Readonly<Record<string, string>>,
  time: number,
) => string;

interface Published {
  readonly device: string;
  readonly kind: Kind;
  readonly payload: string | Uint8Array;
}

const measurementOf: Record<Kind, MeasurementName> = {
  seat: 'occupancy',
  counter: 'occupancy',
  'access-point': 'access_point',
  probe: 'probe',
  meter: 'power',
  weather: 'weather',
  status: 'device_health',
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/**
 * The figures that native messages must leave in a store, by key: worked out from the published contract alone,
 * apart from the code that decodes.
 */
export const expectedFigures = (
  site: Site,
  published: readonly Published[],
  keyOf: KeyOf,
): Map<string, number> => {
  const figures = new Map<string, number>();
  for (const { device: id, kind, payload } of published) {
    const { t, target, radios, phases, ...own }: Json = JSON.parse(String(payload));
    const device = site.devices.get(id);
    const place = { site: site.id, zone: device?.zone ?? '', device: id };
    const add = (
      measurement: MeasurementName,
      tags: Readonly<Record<string, string>>,
      values: unknown,
    ): void => {
      for (const [field, value] of Object.entries(isJson(values) ? values : {})) {
        if (fieldOf(measurement, field) === undefined)
          throw new Error(`${id} published ${field}, of which nobody knows`);
        figures.set(keyOf(measurement, field, { ...place, ...tags }, Number(t)), Number(value));
      }
    };
    add(measurementOf[kind], ownTags(kind, target), own);
    for (const [band, values] of Object.entries(isJson(radios) ? radios : {})) add('radio', { band }, values);
    for (const [phase, values] of Object.entries(isJson(phases) ? phases : {}))
      add('power', { phase }, values);
  }
  return figures;
};

const ownTags = (kind: Kind, target: unknown): Record<string, string> => {
  if (kind === 'seat' || kind === 'counter') return { kind };
  if (kind === 'meter') return { phase: 'total' };
  return kind === 'probe' ? { target: String(target) } : {};
};
