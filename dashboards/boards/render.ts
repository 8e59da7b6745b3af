import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { idOf } from '../panels/id.ts';
import type { PanelContext } from '../panels/panel.ts';
import { render as renderPanel } from '../panels/render.ts';
import { type Language, languages } from '../text.ts';
import { annotationOf, type InfluxAnnotation } from './annotation.ts';
import type { Board } from './board.ts';
import { type PlacedRow, placeRows } from './layout.ts';

/**
 * Grafana 9's. Later ones bring it up to theirs when they load it; the SDK's own (42) would let them skip
 * what Grafana 9's names need.
 */
const schemaVersion = 37;

const uidOf = (board: Board, language: Language): string => `aperto-${board.slug}-${language}`;

/** Boards of one language find each other by this tag. */
const familyTag = (language: Language): string => `aperto-${language}`;

type InfluxDashboard = Omit<Dashboard, 'annotations'> & {
  readonly annotations: { readonly list: readonly InfluxAnnotation[] };
};

/** A board in one language for one site file, as the classic dashboard model that Grafana loads from a file. */
export const render = (board: Board, context: PanelContext): InfluxDashboard => {
  const { language, site } = context;
  const builder = new DashboardBuilder(board.title[language])
    .uid(uidOf(board, language))
    .description(board.description[language])
    .tags([familyTag(language), board.audience[language]])
    .timezone('browser')
    .time({ from: 'now-24h', to: 'now' })
    .refresh('30s')
    .weekStart('monday')
    .tooltip(DashboardCursorSync.Crosshair)
    .editable()
    .links(linksOf(board, language))
    .variables(board.variables.map((variable) => variable.build(site, language)));
  for (const row of placeRows(board.rows)) addRow(builder, row, context);
  const annotations = {
    list: board.annotations.map((one) => annotationOf(one, { language, timeZone: site.timezone })),
  };
  return { ...builder.build(), annotations, schemaVersion };
};

/** A collapsed row holds its panels; an open one only stands above them. */
const addRow = (
  builder: DashboardBuilder,
  { row, gridPos, panels }: PlacedRow,
  context: PanelContext,
): void => {
  const heading = new RowBuilder(row.title[context.language])
    .id(idOf(row.key))
    .gridPos(gridPos)
    .collapsed(row.collapsed);
  const rendered = panels.map((placed) => renderPanel(placed.panel, placed.gridPos, context));
  if (row.collapsed) for (const panel of rendered) heading.withPanel(panel);
  builder.withRow(heading);
  if (!row.collapsed) for (const panel of rendered) builder.withPanel(panel);
};

/** To the other boards, and to this one in the other language; all keep the time range and the choices. */
const linksOf = (board: Board, language: Language): Builder<DashboardLink>[] => [
  link({
    title: { it: 'Altri cruscotti', en: 'Other boards' }[language],
    type: DashboardLinkType.Dashboards,
    tags: [familyTag(language)],
  }),
  ...languages
    .filter((other) => other !== language)
    .map((other) =>
      link({
        title: { it: 'Italiano', en: 'English' }[other],
        type: DashboardLinkType.Link,
        url: `/d/${uidOf(board, other)}`,
        tooltip: board.title[other],
      }),
    ),
];

/** The SDK's builder hides links in a menu (`placement`) and cannot be told otherwise; so this is ours. */
const link = (
  given: Pick<DashboardLink, 'title' | 'type'> & Partial<DashboardLink>,
): Builder<DashboardLink> => ({
  build: () => ({
    icon: 'external link',
    tooltip: '',
    tags: [],
    asDropdown: false,
    targetBlank: false,
    includeVars: true,
    keepTime: true,
    ...given,
  }),
});
