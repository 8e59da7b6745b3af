import type { LintedBoard } from '../dashboard.ts';
import { boardRule, panelRule } from '../rule.ts';

const variable = `\${datasource}`;

/** One board serves any server: the data source is always the variable, never a fixed one. */
export const datasource = panelRule('datasource', (panel, { dashboard }) => {
  if (panel.targets.length === 0) return [];
  const sources = [panel.datasource, ...panel.targets.map((target) => target.datasource)];
  const wrong = sources.filter((source) => source?.uid !== variable || source.type !== 'influxdb').length;
  return [
    ...(wrong === 0 ? [] : [`asks a fixed data source in ${wrong} places; use ${variable}`]),
    ...(dashboard.templating.list.some(({ name, type }) => name === 'datasource' && type === 'datasource')
      ? []
      : ['stands on a board without the variable "datasource"; add it']),
  ];
});

/** Choices come from the store and follow the time range; only the site is a single one. */
export const variables = boardRule('variables', ({ dashboard }: LintedBoard) =>
  dashboard.templating.list
    .filter(({ type }) => type === 'query')
    .flatMap(({ name, refresh, multi, includeAll, label, datasource: source }) => [
      ...(refresh === 2 ? [] : [`variable "${name}" is not refreshed when the time range changes`]),
      ...(source?.uid === variable ? [] : [`variable "${name}" asks a fixed data source; use ${variable}`]),
      ...(label === undefined || label === '' ? [`variable "${name}" has no label`] : []),
      ...(name === 'site' || (multi === true && includeAll === true)
        ? []
        : [`variable "${name}" offers neither several values nor all of them`]),
    ]),
);
