import type { Site } from '../../model/site.ts';
import type { Duration } from '../panels/panel.ts';
import type { Query } from '../queries/query.ts';
import type { Text } from '../text.ts';
import type { Bindings } from './bind.ts';

/** Who is told: the policies of `contacts.ts` go by it. */
export const teams = ['facilities', 'it', 'administration', 'operations'] as const;
export type Team = (typeof teams)[number];

/** When somebody should be called, as data: one query, reduced to its last value, held against one limit. */
export interface AlertRule {
  /** Never changes: part of the rule's uid (27 characters at most), and the anchor of its section in docs/alerts.md. */
  readonly slug: string;
  readonly title: Text;
  /**
   * What is wrong and what to do first. `[[device]]` stands for a tag that the query is grouped by, `[[value]]` for
   * what it found.
   */
  readonly summary: Text;
  readonly team: Team;
  readonly severity: 'critical' | 'warning';
  /** One column, and windows of its own or none: an alert has neither a panel's width nor a range of days. */
  readonly query: Query;
  /** What stands for the choices of a reader, beside the site. */
  readonly bindings?: Bindings;
  readonly looksBackS: number;
  readonly fires: { readonly when: 'above' | 'below'; readonly limit: number };
  /** How long it must hold before anybody is told. */
  readonly holds: Duration;
  /** `Alerting` where silence is the fault itself; `OK` where another rule tells of silence. */
  readonly noData: 'OK' | 'Alerting';
  /** The panel to open first. */
  readonly panel: { readonly board: string; readonly key: string };
}

export type AlertsOf = (site: Site) => readonly AlertRule[];
