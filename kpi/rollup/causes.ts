import { wifiLevels } from '../../model/rollup/wifi.ts';
import type { SeriesColumns } from '../../store/history.ts';

/**
 * Where a level was judged, a cause that did not occur is 0 and not absent: a service level in per cent then is one
 * expression over its causes.
 */
export const nameAllCauses = ({ tags, times, fields }: SeriesColumns): SeriesColumns => {
  const named: Record<string, Float64Array> = { ...fields };
  for (const [level, causes] of Object.entries(wifiLevels)) {
    const judged = fields[`${level}_ms`];
    if (judged === undefined) continue;
    for (const cause of causes) {
      const field = `${level}_${cause}_ms`;
      const bad = fields[field];
      named[field] = judged.map((ms, row) => (Number.isNaN(ms) ? ms : bad?.[row] || 0));
    }
  }
  return { tags, times, fields: named };
};
