import type { z } from 'zod';
import type { Entry } from '../../gateway/http/entry.ts';
import type { PublicView } from '../../gateway/http/public-view.ts';
import type { devicesSchema } from '../../gateway/http/routes/devices.ts';
import type { kpiSchema } from '../../gateway/http/routes/kpi.ts';
import type { ledgerSchema } from '../../gateway/http/routes/ledger.ts';
import type { quarantineSchema } from '../../gateway/http/routes/quarantine.ts';
import type { rollupSchema } from '../../gateway/http/routes/rollups.ts';
import type { seriesSchema } from '../../gateway/http/routes/series.ts';
import type { siteDetailSchema } from '../../gateway/http/routes/site.ts';
import type { siteSummarySchema } from '../../gateway/http/routes/sites.ts';

/** What the API answers: the shapes that its own documentation is made from. */
export type { Entry, PublicView };
export type Site = z.output<typeof siteDetailSchema>;
export type SiteSummary = z.output<typeof siteSummarySchema>;
export type Device = Site['devices'][number];
export type Zone = Site['zones'][number];
export type Kind = Device['kind'];
export type KpiAnswer = z.output<typeof kpiSchema>;
export type KpiRow = KpiAnswer['rows'][number];
export type SeriesAnswer = z.output<typeof seriesSchema>;
export type Devices = z.output<typeof devicesSchema>['devices'];
export type UnknownDevice = Extract<Devices[number], { state: 'unknown' }>;
export type Ledger = z.output<typeof ledgerSchema>;
export type Quarantine = z.output<typeof quarantineSchema>;
export type Rollups = readonly z.output<typeof rollupSchema>[];
