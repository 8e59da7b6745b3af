import { parse } from 'yaml';
import { z } from 'zod';
import { buildAlerts } from '../../dashboards/alerts/build.ts';
import { parseAlerting } from '../../dashboards/alerts/configuration.ts';
import type { Language } from '../../dashboards/text.ts';
import type { Site } from '../../model/site.ts';
import { readRoot } from '../compose-file.ts';
import type { Influx } from '../services/influx.ts';
import { askInflux } from './grafana.ts';

const alertsFile = 'sites/via-rossini.alerts.yaml';
export const alerting = parseAlerting(readRoot(alertsFile), alertsFile);

const seconds = z.object({ from: z.int().min(0), to: z.literal(0) });
const asked = z.strictObject({
  refId: z.literal('A'),
  relativeTimeRange: seconds,
  datasourceUid: z.enum(['aperto', 'aperto-windows']),
  model: z.looseObject({ refId: z.literal('A'), query: z.string(), rawQuery: z.literal(true) }),
});
const reduced = z.strictObject({
  refId: z.literal('B'),
  relativeTimeRange: seconds,
  datasourceUid: z.literal('__expr__'),
  model: z.looseObject({ type: z.literal('reduce'), expression: z.literal('A'), reducer: z.literal('last') }),
});
const held = z.strictObject({
  refId: z.literal('C'),
  relativeTimeRange: seconds,
  datasourceUid: z.literal('__expr__'),
  model: z.looseObject({
    type: z.literal('threshold'),
    expression: z.literal('B'),
    conditions: z.tuple([
      z.strictObject({
        evaluator: z.strictObject({ type: z.enum(['gt', 'lt']), params: z.tuple([z.number()]) }),
      }),
    ]),
  }),
});
const duration = z.string().regex(/^\d+[smhd]$/);

/** What Grafana reads from a file of rules (`AlertRuleGroupV1`, `AlertRuleV1` of its provisioning), and no more. */
export const ruleFile = z.strictObject({
  apiVersion: z.literal(1),
  groups: z.array(
    z.strictObject({
      orgId: z.literal(1),
      name: z.string().min(1),
      folder: z.string().regex(/^[^/]+$/),
      interval: duration,
      rules: z.array(
        z.strictObject({
          uid: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
          title: z.string().min(1).max(190),
          condition: z.literal('C'),
          data: z.tuple([asked, reduced, held]),
          dashboardUid: z.string(),
          panelId: z.int(),
          noDataState: z.enum(['Alerting', 'NoData', 'OK']),
          execErrState: z.enum(['Alerting', 'Error', 'OK']),
          for: duration,
          annotations: z.strictObject({ summary: z.string().min(20), runbook_url: z.url() }),
          labels: z.record(z.string(), z.string()),
          isPaused: z.literal(false),
        }),
      ),
    }),
  ),
});
export type WrittenRule = z.infer<typeof ruleFile>['groups'][number]['rules'][number];

/** The rules of a site as Grafana reads them from the file. */
export const writtenRules = (site: Site, language: Language): readonly WrittenRule[] => {
  const text = buildAlerts({ site, alerting }).get(`alerting/${language}/rules.yaml`) ?? '';
  return ruleFile.parse(parse(text)).groups.flatMap(({ rules }) => rules);
};

/** What Grafana finds: a state for each series, by its labels; where the query answers nothing, what the rule says. */
export const evaluate = async (
  influx: Influx,
  { data: [query, , { model }], noDataState }: WrittenRule,
): Promise<ReadonlyMap<string, 'Alerting' | 'OK'> | 'Alerting' | 'NoData' | 'OK'> => {
  const [{ evaluator }] = model.conditions;
  const [limit] = evaluator.params;
  const states = new Map<string, 'Alerting' | 'OK'>();
  for (const { tags, values } of await askInflux(influx, query.model.query)) {
    const value = values.map(([, figure]) => figure).findLast((figure) => figure !== null);
    if (typeof value !== 'number') continue;
    const fires = evaluator.type === 'gt' ? value > limit : value < limit;
    states.set(Object.values(tags).join(' '), fires ? 'Alerting' : 'OK');
  }
  return states.size === 0 ? noDataState : states;
};
