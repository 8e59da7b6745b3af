import { isMeasurementName } from '../../../model/measurements.ts';
import type { LintedBoard, LintedTarget } from '../dashboard.ts';
import { type ParsedSelect, parseSelect } from '../influxql/parse.ts';
import { boardRule, panelRule } from '../rule.ts';

const variable = `\${datasource}`;

const windows = `\${windows}`;

const measurementOf = ({ from }: ParsedSelect): string =>
  typeof from === 'string' ? from : measurementOf(from);

/** What devices said is in one database, the windows worked out from it in another. */
export const variableOf = ({ query }: Pick<LintedTarget, 'query'>): string => {
  const select = parseSelect(query);
  return select === undefined || isMeasurementName(measurementOf(select)) ? variable : windows;
};

/** One board serves any server: the data source is always the variable, never a fixed one. */
export const datasource = panelRule('datasource', (panel, { dashboard }) => {
  if (panel.targets.length === 0) return [];
  const needed = panel.targets.map(variableOf);
  const sources = [panel.datasource, ...panel.targets.map((target) => target.datasource)];
  const wanted = [needed[0], ...needed];
  const wrong = sources.filter(
    (source, index) => source?.uid !== wanted[index] || source?.type !== 'influxdb',
  ).length;
  const missing = [...new Set(needed)].filter(
    (uid) =>
      !dashboard.templating.list.some(({ name, type }) => uid === `\${${name}}` && type === 'datasource'),
  );
  return [
    ...(wrong === 0
      ? []
      : [`asks the wrong data source in ${wrong} places; use ${[...new Set(needed)].join(', ')}`]),
    ...missing.map((uid) => `stands on a board without the variable "${uid.slice(2, -1)}"; add it`),
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
