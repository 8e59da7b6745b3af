import { existsSync } from 'node:fs';
import { type Reason, reasons } from '../kpi/figure.ts';
import type { KpiAnswer, KpiQuery, KpiRow } from '../kpi/query/reader.ts';
import { KpiReader } from '../kpi/query/reader.ts';
import type { FigureSource } from '../kpi/report/figure-source.ts';
import { systemClock } from '../model/clock.ts';
import { ApertoError } from '../model/errors.ts';
import type { Site } from '../model/site.ts';
import { ask } from './ask.ts';
import { duckDbFile, openStore } from './open-store.ts';

export interface SourceOptions {
  /** A running Aperto. */
  readonly url: string;
  /** Where nobody answers there: the store and the data directory to open. */
  readonly store: string;
  readonly data: string;
}

export interface OpenSource extends FigureSource {
  close(): Promise<void>;
}

/**
 * Figures of the Aperto that runs at `url`; where none does, of the store itself. DuckDB's file has one owner: while a
 * service holds it, only the service can be asked.
 * @throws ApertoError `usage` or `store_unavailable` that says what to do
 */
export const openFigureSource = async ({ url, store, data }: SourceOptions): Promise<OpenSource> => {
  if (await isRunning(url)) {
    return { figures: (site, query) => askFigures(url, site, query), close: async () => undefined };
  }
  const file = duckDbFile(store, data);
  if (file !== undefined && !existsSync(file)) {
    throw new ApertoError(
      'usage',
      `no Aperto answers at ${url}, and there is no store ${file}; name one with --url, --data or --store`,
    );
  }
  const { raw, rollup } = await openStore(store, data, process.env).catch((error: unknown) => {
    if (error instanceof ApertoError && error.code === 'store_unavailable') {
      throw new ApertoError(
        'usage',
        `no Aperto answers at ${url}, and ${error.message}; or name it with --url`,
      );
    }
    throw error;
  });
  const reader = new KpiReader({ rollup, clock: systemClock });
  return {
    figures: (site, query) => reader.read(site, query),
    close: async () => {
      await rollup.close();
      await raw.close();
    },
  };
};

const isRunning = async (url: string): Promise<boolean> => {
  try {
    const { ok } = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(2_000) });
    return ok;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return false;
    throw error;
  }
};

type JsonRow = Readonly<Record<string, string | number>>;
interface JsonAnswer {
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly rows: readonly JsonRow[];
  readonly next?: string;
}

/** All pages of a figure. */
const askFigures = async (url: string, site: Site, query: KpiQuery): Promise<KpiAnswer> => {
  const { kpi, from, to, by, every, scope } = query;
  const parameters = new URLSearchParams({ from: String(from), to: String(to), limit: '10000' });
  if (by.length > 0) parameters.set('by', by.join(','));
  if (every !== undefined) parameters.set('every', every);
  if (scope === 'public') parameters.set('scope', 'public');
  const rows: KpiRow[] = [];
  for (;;) {
    const page = await ask<JsonAnswer>(url, `/api/v1/sites/${site.id}/kpi/${kpi}?${parameters}`);
    for (const row of page.rows) rows.push(toRow(row));
    if (page.next === undefined) {
      return { kpi, unit: page.unit, from: Date.parse(page.from), to: Date.parse(page.to), rows };
    }
    parameters.set('cursor', page.next);
  }
};

const isReason = (text: unknown): text is Reason => typeof text === 'string' && Object.hasOwn(reasons, text);

const toRow = ({ time, value, unit, validMinutes, coverage, reason, ...by }: JsonRow): KpiRow => ({
  by: Object.fromEntries(Object.entries(by).map(([key, name]) => [key, String(name)])),
  ...(time === undefined ? {} : { time: Date.parse(String(time)) }),
  ...(typeof value === 'number' ? { value } : {}),
  ...(unit === undefined ? {} : { unit: String(unit) }),
  validMinutes: Number(validMinutes),
  coverage: Number(coverage),
  ...(isReason(reason) ? { reason } : {}),
});
