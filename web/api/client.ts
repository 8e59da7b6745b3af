import { authorization } from './session.ts';
import type {
  Devices,
  KpiAnswer,
  KpiRow,
  Ledger,
  PublicView,
  Quarantine,
  Rollups,
  SeriesAnswer,
  Site,
  SiteSummary,
} from './types.ts';

/** An answer that is none: the status, or 0 where nobody answered. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** When the answer was kept, where it comes from the cache because nobody answered; the worker says so. */
export const keptHeader = 'x-aperto-kept-at';

/** The oldest of the kept answers that came after a moment: whoever asked then shows what is that old. */
let keptAnswers: readonly { readonly cameAt: number; readonly keptAt: number }[] = [];
export const oldestKept = (since: number): number | undefined => {
  const kept = keptAnswers.filter(({ cameAt }) => cameAt >= since).map(({ keptAt }) => keptAt);
  return kept.length === 0 ? undefined : Math.min(...kept);
};
const keptAnswersMax = 100;

export interface Answer<Value> {
  readonly value: Value;
  /** Epoch milliseconds; absent where the answer is fresh. */
  readonly keptAt?: number;
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

const urlOf = (path: string, parameters: Parameters): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? path : `${path}?${query}`;
};

const detailOf = async (response: Response): Promise<string> => {
  const body: { readonly detail?: string } = await response.json().catch(() => ({}));
  return body.detail ?? response.statusText;
};

/** @throws ApiError */
export const ask = async <Value>(path: string, parameters: Parameters = {}): Promise<Answer<Value>> => {
  const response = await fetch(urlOf(path, parameters), { headers: authorization() }).catch(
    (error: unknown) => {
      throw new ApiError(0, String(error));
    },
  );
  if (!response.ok) throw new ApiError(response.status, await detailOf(response));
  const value: Value = await response.json();
  const kept = response.headers.get(keptHeader);
  if (kept === null) return { value };
  const keptAt = Number(kept);
  keptAnswers = [...keptAnswers.slice(-keptAnswersMax), { cameAt: performance.now(), keptAt }];
  return { value, keptAt };
};

const get = async <Value>(path: string, parameters: Parameters = {}): Promise<Value> =>
  (await ask<Value>(path, parameters)).value;

export interface KpiQuestion {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly by?: string | undefined;
  readonly every?: string | undefined;
}

export interface SeriesQuestion {
  readonly measurement: string;
  readonly field: string;
  readonly from: number;
  readonly to: number;
  readonly every: string;
  readonly agg: string;
  readonly kind?: string;
  readonly phase?: string;
}

const rowsOfPage = 10_000;

/** The routes that the board asks. Every one rejects with ApiError. */
export const api = {
  sites: () => get<readonly SiteSummary[]>('/api/v1/sites'),
  site: (site: string) => get<Site>(`/api/v1/sites/${site}`),
  now: (site: string) => ask<unknown>(`/api/v1/sites/${site}/now`),
  publicView: (site: string) => ask<PublicView>(`/api/v1/sites/${site}/public`),
  ledger: () => get<Ledger>('/api/v1/ledger'),
  rollups: () => get<Rollups>('/api/v1/rollups'),
  devices: async (state: 'known' | 'unknown') =>
    (await get<{ readonly devices: Devices }>('/api/v1/devices', { state })).devices,
  quarantine: (limit: number, before?: number) => get<Quarantine>('/api/v1/quarantine', { limit, before }),
  series: (site: string, question: SeriesQuestion, cursor?: string) =>
    get<SeriesAnswer>(`/api/v1/sites/${site}/series`, { ...question, limit: rowsOfPage, cursor }),

  /** All rows of a figure, page by page. */
  async kpi(site: string, kpi: string, question: KpiQuestion = {}): Promise<KpiAnswer> {
    const path = `/api/v1/sites/${site}/kpi/${kpi}`;
    const rows: KpiRow[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await get<KpiAnswer>(path, { ...question, limit: rowsOfPage, cursor });
      rows.push(...page.rows);
      cursor = page.next;
      if (cursor === undefined) return { ...page, rows };
    }
  },
};
