import { z } from 'zod';
import type { LintedPanel } from '../lint/dashboard.ts';

const steps = z.array(z.object({ color: z.string(), value: z.number().nullable() }));
const thresholds = z.object({ steps });
const valueMap = z.looseObject({
  options: z.record(z.string(), z.looseObject({ text: z.string().optional(), color: z.string().optional() })),
});
const override = z.object({
  matcher: z.object({ id: z.string(), options: z.unknown() }),
  properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
});

/** What of a panel is drawn; everything else is Grafana's. */
const drawn = z.looseObject({
  type: z.enum(['stat', 'timeseries', 'bargauge', 'state-timeline', 'heatmap', 'table']),
  title: z.string().default(''),
  description: z.string().default(''),
  timeFrom: z.string().optional(),
  targets: z.array(z.looseObject({ refId: z.string(), alias: z.string().default('') })),
  options: z
    .looseObject({
      legend: z.looseObject({ calcs: z.array(z.string()).default([]) }).optional(),
      sortBy: z.array(z.object({ displayName: z.string(), desc: z.boolean() })).optional(),
      textMode: z.string().optional(),
    })
    .default({}),
  fieldConfig: z.object({
    defaults: z.looseObject({
      unit: z.string().default('none'),
      noValue: z.string().default(''),
      decimals: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      thresholds,
      mappings: z.array(valueMap).default([]),
      custom: z
        .looseObject({
          drawStyle: z.string().optional(),
          stacking: z.looseObject({ mode: z.string().optional() }).optional(),
        })
        .default({}),
    }),
    overrides: z.array(override).default([]),
  }),
});
export type DrawnPanel = z.infer<typeof drawn>;

export const drawnPanel = (panel: LintedPanel): DrawnPanel => drawn.parse(panel);

/** How one field looks: the panel's defaults, and the overrides that name it. */
export interface Look {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly steps: z.infer<typeof steps>;
  readonly mappings: readonly z.infer<typeof valueMap>[];
  readonly hidden: boolean;
  /** What the steps colour in a table; absent where they do not. */
  readonly cell: string | undefined;
}

export const lookOf = ({ fieldConfig }: DrawnPanel, name: string, refId = ''): Look => {
  const { defaults, overrides } = fieldConfig;
  const found = new Map(
    overrides
      .filter(({ matcher: { id, options } }) =>
        id === 'byFrameRefID' ? options === refId : id === 'byName' && options === name,
      )
      .flatMap(({ properties }) => properties.map(({ id, value }) => [id, value] as const)),
  );
  const read = <T>(id: string, schema: z.ZodType<T>, otherwise: T): T => {
    const value = found.get(id);
    return value === undefined ? otherwise : schema.parse(value);
  };
  return {
    name: read('displayName', z.string(), name),
    unit: read('unit', z.string(), defaults.unit),
    decimals: read('decimals', z.number().optional(), defaults.decimals),
    steps: read('thresholds', z.looseObject({ steps }), defaults.thresholds).steps,
    mappings: read('mappings', z.array(valueMap), defaults.mappings),
    hidden: read('custom.hidden', z.boolean(), false),
    cell: read('custom.displayMode', z.string().optional(), undefined),
  };
};
