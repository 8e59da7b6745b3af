import { z } from 'zod';

/** What the rules look at. Loose where Grafana is: what a rule is about may be missing, so that the rule can say so. */
const gridPos = z.object({
  x: z.int().min(0),
  y: z.int().min(0),
  w: z.int().positive(),
  h: z.int().positive(),
});

const datasource = z.object({ type: z.string().optional(), uid: z.string().optional() });

const target = z.looseObject({
  refId: z.string(),
  datasource: datasource.optional(),
  query: z.string(),
  rawQuery: z.literal(true),
  resultFormat: z.enum(['time_series', 'table']),
});

const panel = z.looseObject({
  id: z.int(),
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  gridPos,
  datasource: datasource.optional(),
  interval: z.string().optional(),
  targets: z.array(target).default([]),
  options: z
    .looseObject({
      legend: z
        .looseObject({ showLegend: z.boolean().optional(), calcs: z.array(z.string()).optional() })
        .optional(),
    })
    .optional(),
  fieldConfig: z
    .looseObject({
      defaults: z.looseObject({
        unit: z.string().optional(),
        noValue: z.string().optional(),
        thresholds: z
          .object({
            mode: z.string(),
            steps: z.array(z.object({ color: z.string(), value: z.number().nullable() })),
          })
          .optional(),
      }),
    })
    .optional(),
});

const row = panel.extend({
  type: z.literal('row'),
  collapsed: z.boolean(),
  panels: z.array(panel),
});

const variable = z.looseObject({
  name: z.string(),
  type: z.string(),
  label: z.string().optional(),
  query: z.union([z.string(), z.looseObject({})]).optional(),
  refresh: z.number().optional(),
  multi: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  datasource: datasource.optional(),
});

const annotation = z.looseObject({
  name: z.string().min(1),
  datasource: datasource.optional(),
  target: z.looseObject({ query: z.string().optional() }).optional(),
  iconColor: z.string().optional(),
});

export const dashboardSchema = z.looseObject({
  uid: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'a uid has at most 40 letters, digits, "-" and "_"'),
  title: z.string().min(1),
  schemaVersion: z.int().min(36),
  timezone: z.string(),
  refresh: z.string(),
  time: z.object({ from: z.string(), to: z.string() }),
  tags: z.array(z.string()),
  panels: z.array(z.union([row, panel])),
  templating: z.looseObject({ list: z.array(variable) }),
  annotations: z.looseObject({ list: z.array(annotation).default([]) }).optional(),
});

export type LintedDashboard = z.infer<typeof dashboardSchema>;
export type LintedPanel = z.infer<typeof panel>;
export type LintedRow = z.infer<typeof row>;
export type LintedVariable = z.infer<typeof variable>;
export type LintedTarget = z.infer<typeof target>;

/** A board and the file that holds it, relative to `generated/`: `it/place-use.json`. */
export interface LintedBoard {
  readonly file: string;
  readonly dashboard: LintedDashboard;
}

export const isRow = (entry: LintedRow | LintedPanel): entry is LintedRow => entry.type === 'row';

/** The panels of a board, those in collapsed rows too; rows are none. */
export const panelsOf = ({ panels }: LintedDashboard): LintedPanel[] =>
  panels.flatMap((entry) => (isRow(entry) ? entry.panels : [entry]));
