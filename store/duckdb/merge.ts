import type { Span } from './spans.ts';
import { identifier, instant } from './sql.ts';

export interface Merge {
  /** Table of the points, and the one beside it in which the batch lies. */
  readonly points: string;
  readonly stage: string;
  /** Fields that at least one staged point has. */
  readonly fields: readonly string[];
  readonly span: Span;
}

/**
 * Statement that moves the staged points of one span into their table. Those that are there are merged field by
 * field: the later word wins, an absent field keeps what was stored, and a plain repeat changes no row.
 *
 * There is no primary key: an index over (series, ts) would cost memory for every point ever stored, and this join
 * reads only the row groups that the span touches.
 */
export const mergeStatement = ({ points, stage, fields, span }: Merge): string => {
  const inSpan = `ts between ${instant(span.from)} and ${instant(span.to)}`;
  const columns = fields.map(identifier);
  const differences = columns.map(
    (column) => `(s.${column} is not null and s.${column} is distinct from p.${column})`,
  );
  const assignments = columns.map((column) => `${column} = coalesce(s.${column}, p.${column})`);
  return (
    `merge into ${identifier(points)} p using (from ${identifier(stage)} where ${inSpan}) s ` +
    `on (p.series = s.series and p.ts = s.ts and p.${inSpan}) ` +
    `when matched and (${differences.join(' or ')}) then update set ${assignments.join(', ')} ` +
    'when not matched then insert by name'
  );
};
