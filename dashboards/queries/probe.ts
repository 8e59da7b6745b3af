import type { FieldName } from '../../model/measurements.ts';
import { max, mean, percentile } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select } from './select.ts';
import { place } from './variable.ts';

/** What the slower 5 % of the probes exceed, in ms, over the range. */
export const latency95 = () =>
  query(select('probe', { columns: { latency: percentile('latency_ms', 95) }, where: place }), {
    latency: unitOf('probe', 'latency_ms'),
  });

/** Mean share of probes without an answer over the range, in %. */
export const meanLoss = () =>
  query(select('probe', { columns: { loss: mean('loss_pct') }, where: place }), {
    loss: unitOf('probe', 'loss_pct'),
  });

const byProbe = (field: FieldName<'probe'>, of: typeof mean) =>
  query(
    select('probe', {
      columns: { value: of(field) },
      where: place,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('probe', field) },
  );

/** Mean of what each probe measures, a window, in the field's unit. */
export const probeMean = (field: FieldName<'probe'>) => byProbe(field, mean);

/** The latency that each probe measures, window by window; no gaps, for it is counted and not drawn. */
export const latencies = () =>
  query(
    select('probe', {
      columns: { value: mean('latency_ms') },
      where: place,
      by: ['device'],
      every: 'interval',
    }),
    { value: unitOf('probe', 'latency_ms') },
  );

/** The worst of it, a window. */
export const probePeak = (field: FieldName<'probe'>) => byProbe(field, max);
