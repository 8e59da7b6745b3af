import type { Site } from '../../model/site.ts';
import type { KpiAnswer, KpiQuery } from '../query/reader.ts';

/** Where a report or an export has its figures from: a running Aperto, or a store that nobody else has open. */
export interface FigureSource {
  figures(site: Site, query: KpiQuery): Promise<KpiAnswer>;
}
