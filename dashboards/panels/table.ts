import { TableCellHeight, TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue, GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { QueryUnit } from '../queries/query.ts';
import type { Language } from '../text.ts';
import { linkOfCell } from './detail.ts';
import { byThresholds, dress, stepsOf } from './dress.ts';
import { byName } from './names.ts';
import type { Column, PanelContext, TablePanel } from './panel.ts';
import { grafanaUnits } from './unit.ts';

/** Name that Grafana gives to the time of a row. */
const timeColumn = 'Time';

export const table = (panel: TablePanel, gridPos: GridPos, context: PanelContext) => {
  const { language } = context;
  const units = Object.assign({}, ...panel.targets.map(({ query }) => query.units));
  const [{ query: first }] = panel.targets;
  const builder = dress(new PanelBuilder(), panel, gridPos, context)
    .cellHeight(TableCellHeight.Sm)
    .colorScheme(byThresholds());
  if (panel.targets.length > 1) builder.withTransformation({ id: 'merge', options: {} });
  const columns = panel.targets.flatMap(({ query }) => query.select.columns);
  const names = [timeColumn, ...first.select.by, ...columns.map(([name]) => name)];
  for (const name of names) {
    const column = panel.columns[name];
    const properties = column === undefined ? hidden() : shown(column, units[name], language);
    if (panel.detail !== undefined && name === 'device') {
      properties.push({ id: 'links', value: [linkOfCell(panel.detail, language)] });
    }
    builder.withOverride({ matcher: byName(name), properties });
  }
  const sorted = panel.columns[panel.sortBy.column]?.title[language] ?? panel.sortBy.column;
  return builder.sortBy([
    new TableSortByFieldStateBuilder().displayName(sorted).desc(panel.sortBy.descending),
  ]);
};

const hidden = (): DynamicConfigValue[] => [{ id: 'custom.hidden', value: true }];

const shown = (column: Column, unit: QueryUnit | undefined, language: Language): DynamicConfigValue[] => {
  const properties: DynamicConfigValue[] = [{ id: 'displayName', value: column.title[language] }];
  const format = column.format ?? (unit === undefined ? undefined : grafanaUnits[unit][language]);
  if (format !== undefined) properties.push({ id: 'unit', value: format });
  if (column.decimals !== undefined) properties.push({ id: 'decimals', value: column.decimals });
  if (column.thresholds === undefined) return properties;
  return [
    ...properties,
    { id: 'thresholds', value: { mode: 'absolute', steps: stepsOf(column.thresholds) } },
    // Grafana 9's name; Grafana 10 and later turn it into `cellOptions` when they load the board.
    { id: 'custom.displayMode', value: `color-${column.colors ?? 'text'}` },
  ];
};
