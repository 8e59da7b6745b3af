import type { StoredName } from '../../model/measurements.ts';
import type { BatchEntry } from '../batch.ts';
import type { WriteResult } from '../store.ts';
import type { Catalog, NewSeries } from './catalog.ts';
import type { Rows } from './columns.ts';

/** A batch by measurement, with the number of each point's series. */
export interface NumberedBatch {
  /** Points later than all that their series hold. */
  readonly ahead: ReadonlyMap<StoredName, Rows>;
  /** Points that may be there already. */
  readonly behind: ReadonlyMap<StoredName, Rows>;
  readonly added: readonly NewSeries[];
  readonly rejected: WriteResult['rejected'];
}

/** Finds the number of each point's series or gives it one, and tells fresh points from those to be merged. */
export const numberBatch = (entries: readonly BatchEntry[], catalog: Catalog): NumberedBatch => {
  const ahead = new Map<StoredName, Rows>();
  const behind = new Map<StoredName, Rows>();
  const added: NewSeries[] = [];
  const rejected: { index: number; reason: string }[] = [];
  const numbered: { entry: BatchEntry; id: number }[] = [];
  for (const entry of entries) {
    const { series, point, indexes } = entry;
    const known = catalog.idOf(series);
    const fresh = known === undefined ? catalog.add(series, point.measurement, point.tags) : undefined;
    if (fresh !== undefined) added.push(fresh);
    const id = known ?? fresh?.id;
    if (id !== undefined) numbered.push({ entry, id });
    else rejected.push(...indexes.map((index) => ({ index, reason: 'the store has its fill of series' })));
  }
  for (const { entry, id } of numbered) {
    addRow(catalog.isAhead(id, entry.point.time) ? ahead : behind, entry, id);
  }
  for (const { entry, id } of numbered) catalog.advance(id, entry.point.time);
  return { ahead, behind, added, rejected };
};

const addRow = (groups: Map<StoredName, Rows>, { point }: BatchEntry, id: number): void => {
  const rows = groups.get(point.measurement) ?? { points: [], ids: [] };
  groups.set(point.measurement, rows);
  rows.points.push(point);
  rows.ids.push(id);
};
