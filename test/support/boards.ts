import type { LintedBoard, LintedPanel, LintedTarget } from '../../dashboards/lint/dashboard.ts';
import { findingText, type Rule } from '../../dashboards/lint/rule.ts';

const datasource = { type: 'influxdb', uid: `\${datasource}` };

/** A query that no rule finds fault with. */
export const target = (query: string, changes: Partial<LintedTarget> = {}): LintedTarget => ({
  refId: 'A',
  datasource,
  query,
  rawQuery: true,
  resultFormat: 'time_series',
  ...changes,
});

export const goodQuery =
  'SELECT mean("people") AS "people" FROM "occupancy" ' +
  `WHERE "site" =~ /^\${site:regex}$/ AND $timeFilter GROUP BY time($__interval), "zone" fill(null) tz('Europe/Rome')`;

/** A panel that no rule finds fault with, but for what is changed. */
export const panel = (changes: Partial<LintedPanel> = {}): LintedPanel => ({
  id: 1_001,
  type: 'timeseries',
  title: 'People',
  description: 'People who are here. If there are too many, open another gate.',
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  datasource,
  interval: '2m',
  targets: [target(goodQuery)],
  options: { legend: { showLegend: true, calcs: ['max'] } },
  fieldConfig: {
    defaults: {
      unit: 'none',
      noValue: 'No counter reports',
      thresholds: { mode: 'absolute', steps: [{ color: 'blue', value: null }] },
    },
  },
  ...changes,
});

/** A board that no rule finds fault with, but for its panels and what is changed. */
export const board = (
  panels: LintedBoard['dashboard']['panels'] = [panel()],
  changes: Partial<LintedBoard['dashboard']> = {},
  file = 'it/people.json',
): LintedBoard => ({
  file,
  dashboard: {
    uid: 'people-it',
    title: 'People',
    schemaVersion: 37,
    timezone: 'browser',
    refresh: '30s',
    time: { from: 'now-24h', to: 'now' },
    tags: [],
    panels,
    templating: { list: [{ name: 'datasource', type: 'datasource' }] },
    ...changes,
  },
});

/** What a rule says about boards, as lines. */
export const findings = (
  rule: Rule,
  boards: readonly LintedBoard[],
  committed: readonly LintedBoard[] = [],
): string[] => rule.check({ boards, committed }).map(findingText);
