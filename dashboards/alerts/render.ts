import type { Site } from '../../model/site.ts';
import { datasourceName, windowSourceName } from '../boards/variable.ts';
import { idOf } from '../panels/id.ts';
import { sourceOf, windowSource } from '../queries/dataquery.ts';
import type { Language, Text } from '../text.ts';
import { bind } from './bind.ts';
import type { Alerting } from './configuration.ts';
import type { AlertRule } from './rule.ts';

/** Not the folder of the boards: whichever of the two Grafana made first would be in the other's way. */
const folder: Text = { it: 'Aperto allarmi', en: 'Aperto alerts' };

/**
 * The rules as Grafana's file provisioning takes them (`groups[].rules[]`, 9.1 and later). Its types of the HTTP API
 * are others.
 */
export const renderRules = (
  rules: readonly AlertRule[],
  context: { readonly language: Language; readonly site: Site; readonly alerting: Alerting },
) => ({
  apiVersion: 1,
  groups: [
    {
      orgId: 1,
      name: `aperto-${context.site.id}-${context.language}`,
      folder: folder[context.language],
      interval: '1m',
      rules: rules.map((rule) => renderRule(rule, context)),
    },
  ],
});

const renderRule = (
  rule: AlertRule,
  {
    language,
    site,
    alerting,
  }: { readonly language: Language; readonly site: Site; readonly alerting: Alerting },
) => ({
  uid: uidOf(rule, site, language),
  title: rule.title[language],
  condition: 'C',
  data: [
    asked(rule, site),
    expression('B', { type: 'reduce', expression: 'A', reducer: 'last', settings: { mode: 'dropNN' } }),
    expression('C', {
      type: 'threshold',
      expression: 'B',
      conditions: [
        { evaluator: { type: rule.fires.when === 'above' ? 'gt' : 'lt', params: [rule.fires.limit] } },
      ],
    }),
  ],
  dashboardUid: `aperto-${rule.panel.board}-${language}`,
  panelId: idOf(rule.panel.key),
  noDataState: rule.noData,
  execErrState: 'Error',
  for: rule.holds,
  annotations: {
    summary: template(rule.summary[language]),
    runbook_url: `${alerting.runbooks}#${rule.slug}`,
  },
  labels: { severity: rule.severity, team: rule.team, site: site.id },
  isPaused: false,
});

/** Grafana allows 40 characters, so that a site stands in it as a number. */
const uidOf = ({ slug }: AlertRule, { id }: Site, language: Language): string =>
  `${slug}-${language}-${idOf(id).toString(36)}`;

const asked = ({ query, bindings, looksBackS }: AlertRule, site: Site) => {
  const uid = sourceOf(query.select) === windowSource ? windowSourceName : datasourceName;
  return {
    refId: 'A',
    relativeTimeRange: { from: looksBackS, to: 0 },
    datasourceUid: uid,
    model: {
      refId: 'A',
      datasource: { type: 'influxdb', uid },
      query: bind(query, site, looksBackS, bindings),
      rawQuery: true,
      resultFormat: 'time_series',
      intervalMs: 60_000,
      maxDataPoints: 43_200,
    },
  };
};

const expression = (refId: string, model: object) => ({
  refId,
  relativeTimeRange: { from: 0, to: 0 },
  datasourceUid: '__expr__',
  model: { refId, datasource: { type: '__expr__', uid: '__expr__' }, ...model },
});

/** `.Labels` and not `$labels`, for Grafana would look for that in its environment. */
const template = (text: string): string =>
  text
    .replaceAll('[[value]]', '{{ with .Values.B }}{{ printf "%.0f" .Value }}{{ else }}–{{ end }}')
    .replace(/\[\[(\w+)\]\]/g, '{{ .Labels.$1 }}');
