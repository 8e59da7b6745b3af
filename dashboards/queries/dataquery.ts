import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { isMeasurementName } from '../../model/measurements.ts';
import { toInfluxQL } from './influxql.ts';
import type { Select } from './select.ts';

/** Grafana's name for the data source: a variable of every board, so that one board serves any server. */
export const datasource = { type: 'influxdb', uid: `\${datasource}` } as const;

/** Where windows are: the database beside it, `<database>_rollup`. */
export const windowSource = { type: 'influxdb', uid: `\${windows}` } as const;

/** Where a query has to be asked. */
export const sourceOf = (select: Select): typeof datasource | typeof windowSource => {
  const { from } = select;
  if (typeof from !== 'string') return sourceOf(from);
  return isMeasurementName(from) ? datasource : windowSource;
};

/** A query as Grafana's InfluxDB data source takes it in InfluxQL mode. */
export interface InfluxDataquery extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof datasource | typeof windowSource;
  readonly query: string;
  readonly rawQuery: true;
  readonly resultFormat: 'time_series' | 'table';
  readonly alias?: string;
}

export interface DataqueryOptions {
  /** `A`, `B`, … unique on its panel. */
  readonly refId: string;
  /** IANA name, from the site file. */
  readonly timeZone: string;
  readonly format: InfluxDataquery['resultFormat'];
  /** Name of the series; `[[tag_zone]]` is the value of the tag. Tables have columns instead. */
  readonly alias?: string;
}

/** The Foundation SDK has no builder for InfluxDB: this is ours, over its `Builder<Dataquery>`. */
export const influxDataquery = (select: Select, options: DataqueryOptions): Builder<Dataquery> => ({
  build: (): InfluxDataquery => ({
    refId: options.refId,
    datasource: sourceOf(select),
    query: toInfluxQL(select, options.timeZone),
    rawQuery: true,
    resultFormat: options.format,
    ...(options.alias === undefined ? {} : { alias: options.alias }),
    _implementsDataqueryVariant: () => undefined,
  }),
});
