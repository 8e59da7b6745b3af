import type { Site } from '../../model/site.ts';
import type { Query } from '../queries/query.ts';
import type { Every } from '../queries/select.ts';
import type { Language, Text } from '../text.ts';
import type { Detail } from './detail.ts';
import type { Thresholds } from './threshold.ts';

export type Duration = Exclude<Every, 'interval'>;

/** A query on a panel and the name of what it draws; `[[tag_zone]]` stands for the series' tag. */
export interface Target {
  readonly query: Query;
  readonly name: Text;
}

/** What a number is called: 0 is "Libero". */
export interface ValueName {
  readonly text: Text;
  readonly color: string;
}

/** What every panel must say. Nothing of it has a default: a panel without it does not compile. */
interface PanelBase {
  /** Never changes: the panel's id comes from it. */
  readonly key: string;
  readonly title: Text;
  /** What is shown, and what to do about it. */
  readonly description: Text;
  /** Shown instead of a value where there is none: says what that means here. */
  readonly noValue: Text;
  readonly thresholds: Thresholds;
  /** Smallest window: at least twice the time between reports, else windows without a report look like gaps. */
  readonly minInterval: Duration;
  /** Looks at the last minutes alone, whatever the board's range: for figures that say "now". */
  readonly recent?: Duration;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** Board of one device, for panels that draw a series or a row for each. */
  readonly detail?: Detail;
  readonly valueNames?: Readonly<Record<string, ValueName>>;
}

interface DrawnPanel extends PanelBase {
  readonly targets: readonly [Target, ...Target[]];
}

/** One figure (or one for each target), large. */
export interface StatPanel extends DrawnPanel {
  readonly kind: 'stat';
}

/** Lines or bars over time. */
export interface SeriesPanel extends DrawnPanel {
  readonly kind: 'timeseries';
  readonly draw?: 'line' | 'bars';
  readonly stacked?: boolean;
  /** What the legend counts up beside each name. */
  readonly legend: readonly ('lastNotNull' | 'mean' | 'min' | 'max' | 'sum')[];
}

/** One bar a series. */
export interface BarGaugePanel extends DrawnPanel {
  readonly kind: 'bargauge';
}

/** One line of coloured stretches a series; its colours are the thresholds or the value names. */
export interface StatesPanel extends DrawnPanel {
  readonly kind: 'state-timeline';
}

/** How often which values were seen, over time. */
export interface HeatmapPanel extends DrawnPanel {
  readonly kind: 'heatmap';
  /** Height of a row of cells, in the panel's unit. */
  readonly bucket: number;
}

/** How a column of a table looks. */
export interface Column {
  readonly title: Text;
  readonly thresholds?: Thresholds;
  readonly decimals?: number;
  /** Grafana's id, instead of the query's unit. */
  readonly format?: string;
  /** What the thresholds colour; the text where absent. */
  readonly colors?: 'background';
}

/** A row a series, grouped by one tag only (see lint/rules/table-tags.ts). */
export interface TablePanel extends PanelBase {
  readonly kind: 'table';
  /** Several are merged row by row, by the tag that they all are grouped by. */
  readonly targets: readonly [{ readonly query: Query }, ...{ readonly query: Query }[]];
  /** By the query's name for it, the tag's, or `Time`. Those that are not named are hidden. */
  readonly columns: Readonly<Record<string, Column>>;
  readonly sortBy: { readonly column: string; readonly descending: boolean };
}

export type Panel = StatPanel | SeriesPanel | BarGaugePanel | StatesPanel | HeatmapPanel | TablePanel;

/** What panels are made for: one language, one site file. */
export interface PanelContext {
  readonly language: Language;
  readonly site: Site;
}
