import type { FieldName } from '../../model/measurements.ts';
import { growth, last, max, mean, percentOf, spread, sum } from './expression.ts';
import { query, unitOf } from './query.ts';
import { select, selectFrom } from './select.ts';
import { chosen } from './variable.ts';

type Field = FieldName<'pipeline'>;
/** Where a message can end, and where it came from. */
export type Account = Extract<Field, 'received' | 'stored' | 'duplicate' | 'quarantined' | 'refused'>;

/** An ingest belongs to no zone. */
const where = { site: chosen('site') } as const;

/** The worst of the ingests' last words on a level, one figure, in the field's unit. */
export const worstNow = (field: Field) =>
  query(
    selectFrom(select('pipeline', { columns: { value: last(field) }, where, by: ['device'] }), {
      columns: { worst: max('value') },
    }),
    { worst: unitOf('pipeline', field) },
  );

/** The ingests' last words on an amount, added up. */
export const sumNow = (field: Field) =>
  query(
    selectFrom(select('pipeline', { columns: { value: last(field) }, where, by: ['device'] }), {
      columns: { sum: sum('value') },
    }),
    { sum: unitOf('pipeline', field) },
  );

/** A level of each ingest, the highest of a window, in the field's unit. */
export const levelPeak = (field: Field) =>
  query(
    select('pipeline', {
      columns: { value: max(field) },
      where,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('pipeline', field) },
  );

/** The same, its mean. */
export const levelMean = (field: Field) =>
  query(
    select('pipeline', {
      columns: { value: mean(field) },
      where,
      by: ['device'],
      every: 'interval',
      fill: 'null',
    }),
    { value: unitOf('pipeline', field) },
  );

/** Messages that came to an account in a window, all ingests together. */
export const messages = (account: Account) =>
  query(
    selectFrom(
      select('pipeline', { columns: { grown: growth(account) }, where, by: ['device'], every: 'interval' }),
      { columns: { messages: sum('grown') }, every: 'interval' },
    ),
    { messages: '1' },
  );

/** Messages of an account over the range, in % of those that came in, all ingests together. */
export const shareInRange = (account: Account) =>
  query(
    selectFrom(
      select('pipeline', {
        columns: { part: spread(account), whole: spread('received') },
        where,
        by: ['device'],
      }),
      { columns: { share: percentOf(sum('part'), sum('whole')) } },
    ),
    { share: '%' },
  );

/** Each ingest, by its last word in the range. */
export const ingestTable = () =>
  query(
    select('pipeline', {
      columns: {
        received: last('received'),
        stored: last('stored'),
        duplicate: last('duplicate'),
        quarantined: last('quarantined'),
        refused: last('refused'),
        waiting: last('waiting'),
        imbalance: last('imbalance'),
        uptime: last('uptime_s'),
      },
      where,
      by: ['device'],
    }),
    {
      received: '1',
      stored: '1',
      duplicate: '1',
      quarantined: '1',
      refused: '1',
      waiting: '1',
      imbalance: '1',
      uptime: unitOf('pipeline', 'uptime_s'),
    },
  );
