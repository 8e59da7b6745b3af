import { kindMeasurement } from '../../model/kind-measurement.ts';
import type { MeasurementName } from '../../model/measurements.ts';
import type { Device } from '../../model/site.ts';
import { placedKinds } from '../../model/topic.ts';
import { healthParts } from '../health.ts';
import { healthPart } from '../parts.ts';
import type { Report } from '../state.ts';
import { columnsOf } from './columns.ts';
import type { Made } from './made.ts';
import { reportsOf } from './reports.ts';
import { minutesOf, type Scope } from './scope.ts';
import type { Source } from './source.ts';

/** A device of the site and what it reports of its own. */
export interface OwnSeries {
  readonly device: Device;
  readonly maxSilenceMs: number;
  readonly reports: readonly Report[];
}

/** Every device of the site that was heard near the scope. */
export const ownSeries = async (source: Source, { site }: Scope): Promise<readonly OwnSeries[]> => {
  const reports = new Map<string, (readonly Report[])[]>();
  for (const measurement of new Set(placedKinds.map((kind) => kindMeasurement[kind]))) {
    for (const columns of await readOwn(source, measurement)) {
      const key = `${measurement} ${columns.tags.device}`;
      reports.set(key, [...(reports.get(key) ?? []), reportsOf(columns)]);
    }
  }
  return [...site.devices.values()].flatMap((device) => {
    const series = reports.get(`${kindMeasurement[device.kind]} ${device.id}`);
    return series === undefined
      ? []
      : [{ device, maxSilenceMs: device.maxSilenceMs, reports: oneOf(series) }];
  });
};

const readOwn = async (source: Source, measurement: MeasurementName) =>
  measurement === 'occupancy'
    ? [
        ...(await source.read(measurement, { kind: 'seat' })),
        ...(await source.read(measurement, { kind: 'counter' })),
      ]
    : await source.read(measurement);

/** A device with several series (phases, targets) reports when any of them does. */
const oneOf = (series: readonly (readonly Report[])[]): readonly Report[] => {
  const [only, ...others] = series;
  if (only !== undefined && others.length === 0) return only;
  const times = new Set(series.flatMap((reports) => reports.map(({ time }) => time)));
  return [...times].sort((a, b) => a - b).map((time) => ({ time, fields: {} }));
};

/** How every device was. */
export const makeHealth = async (source: Source, scope: Scope): Promise<readonly Made[]> => {
  const { site, from, to, end } = scope;
  const grid = minutesOf(from, end);
  const status = new Map(
    (await source.read('device_health')).map((columns) => [columns.tags.device, reportsOf(columns)]),
  );
  const series = (await ownSeries(source, scope)).map(({ device, reports, maxSilenceMs }) => {
    const parts = healthParts(reports, status.get(device.id) ?? [], maxSilenceMs, grid);
    return columnsOf(healthPart, { site: site.id, zone: device.zone, device: device.id }, parts, grid);
  });
  return [{ base: 'health', step: '1m', tags: { site: site.id }, from, to, series }];
};
