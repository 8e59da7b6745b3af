import type { KpiAnswer, KpiQuery } from '../../kpi/query/reader.ts';
import { ApertoError } from '../../model/errors.ts';

/** How far the windows of a site are. */
export interface RollupState {
  readonly site: string;
  /** All that was stored with a time before this is in the windows; epoch milliseconds. */
  readonly watermark: number;
}

/** Where figures come from. */
export interface Figures {
  /** @throws ApertoError `usage`, `not_found`, `store_unavailable` */
  figures(site: string, query: KpiQuery): Promise<KpiAnswer>;
  rollups(): Promise<readonly RollupState[]>;
}

const absent = async (): Promise<never> => {
  throw new ApertoError('store_unavailable', 'no windows are made here');
};

export const noFigures: Figures = { figures: absent, rollups: absent };
