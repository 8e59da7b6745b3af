import type { Tags } from '../../model/point.ts';
import type { RollupBase } from '../../model/rollup/rollups.ts';
import type { SeriesColumns } from '../../store/history.ts';

/** Parts that were worked out, and what they take the place of. */
export interface Made {
  readonly base: RollupBase;
  /** Windows of these columns: minutes, or quarter hours where a part cannot be told by the minute. */
  readonly step: '1m' | '15m';
  /** All series with these tags are replaced. */
  readonly tags: Tags;
  /** [from, to): whole quarter hours. Minutes end where the present begins. */
  readonly from: number;
  readonly to: number;
  readonly series: readonly SeriesColumns[];
}
