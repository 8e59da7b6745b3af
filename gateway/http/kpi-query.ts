import { z } from 'zod';
import type { ByKey } from '../../kpi/kpi.ts';
import { isKpiId, kpis } from '../../kpi/kpis.ts';
import type { KpiQuery } from '../../kpi/query/reader.ts';
import { type Every, everies } from '../../kpi/query/windows.ts';
import { ApertoError } from '../../model/errors.ts';
import { fingerprint } from './cursor.ts';
import { listNames } from './names.ts';
import { defaultRows, pageParameters, resolvePage } from './page.ts';
import type { Limits } from './parts.ts';
import { nameOf, oneOf, queryOf, wholeNumber } from './query.ts';

const groupKeys = ['zone', 'seat', 'device', 'band'] as const satisfies readonly ByKey[];
/** Windows by their names, for those who think of them as one more key. */
const windowKeys = { quarter: 'PT15M', hour: 'PT1H', day: 'P1D', week: 'P1W', month: 'P1M' } as const;
type WindowKey = keyof typeof windowKeys;

const isGroupKey = (key: string): key is ByKey => (groupKeys as readonly string[]).includes(key);
const isWindowKey = (key: string): key is WindowKey => Object.hasOwn(windowKeys, key);

export const kpiPath = z.object({
  site: z.string().describe('Id of the site.'),
  kpi: z.string().describe(`Id of the figure: ${Object.keys(kpis).join(', ')}.`),
});

export const kpiParameters = ({ pageRowsMax }: Limits) =>
  queryOf({
    ...pageParameters,
    by: nameOf('keys')
      .optional()
      .describe(
        `Rows for each: ${groupKeys.join(', ')}; or windows: ${Object.keys(windowKeys).join(', ')}. Several with commas.`,
      ),
    every: oneOf(everies)
      .optional()
      .describe('Length of windows. Days, weeks and months are those of the site; one window where absent.'),
    scope: oneOf(['public', 'read'])
      .default('read')
      .describe('"public" leaves out what would tell of too small a group of people.'),
    limit: wholeNumber(1, pageRowsMax).default(defaultRows).describe('Rows of one page; windows come whole.'),
  });
export type KpiParameters = ReturnType<ReturnType<typeof kpiParameters>['parse']>;

export interface ResolvedKpi {
  readonly query: KpiQuery;
  /** To bind the next cursor to. */
  readonly fingerprint: string;
}

/** @throws ApertoError `not_found` for a figure that there is not, `usage` for parameters that make no sense */
export const resolveKpi = (kpi: string, parameters: KpiParameters, now: number): ResolvedKpi => {
  if (!isKpiId(kpi))
    throw new ApertoError('not_found', `no figure "${kpi}"; there are ${listNames(Object.keys(kpis))}`);
  const { limit, scope, from, to } = parameters;
  const { by, every } = resolveKeys(parameters);
  const name = fingerprint([kpi, by, every, scope, from, to]);
  const page = resolvePage(name, parameters, now);
  return {
    query: { kpi, by, ...page, limit, scope, ...(every === undefined ? {} : { every }) },
    fingerprint: name,
  };
};

const resolveKeys = ({
  by = '',
  every,
}: KpiParameters): { by: readonly ByKey[]; every: Every | undefined } => {
  const keys: ByKey[] = [];
  const windows: Every[] = every === undefined ? [] : [every];
  for (const key of by.split(',').filter((word) => word !== '')) {
    if (isGroupKey(key)) keys.push(key);
    else if (isWindowKey(key)) windows.push(windowKeys[key]);
    else {
      const known = listNames([...groupKeys, ...Object.keys(windowKeys)]);
      throw new ApertoError('usage', `by: no key "${key.slice(0, 64)}"; there are ${known}`);
    }
  }
  const [first, ...others] = new Set(windows);
  if (others.length > 0)
    throw new ApertoError('usage', `every: ${[first, ...others].join(' and ')} are given; choose one`);
  return { by: [...new Set(keys)], every: first };
};
