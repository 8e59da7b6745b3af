import { z } from 'zod';

/** What makes a difference to a reader. Grafana brings the rest up to its own version when it stores a board. */
const target = z.looseObject({ refId: z.string().optional(), query: z.string().optional() });
const panel = z.looseObject({
  id: z.number().optional(),
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).optional(),
  targets: z.array(target).optional(),
  fieldConfig: z
    .looseObject({
      defaults: z
        .looseObject({ unit: z.string().optional(), thresholds: z.looseObject({}).optional() })
        .optional(),
    })
    .optional(),
});
const board = z.looseObject({
  title: z.string().default(''),
  description: z.string().optional(),
  tags: z.array(z.string()).default([]),
  panels: z.array(panel.extend({ panels: z.array(panel).optional() })).default([]),
  templating: z
    .looseObject({
      list: z.array(z.looseObject({ name: z.string(), query: z.unknown().optional() })).default([]),
    })
    .default({ list: [] }),
  annotations: z
    .looseObject({
      list: z.array(z.looseObject({ name: z.string(), target: target.optional() })).default([]),
    })
    .default({ list: [] }),
});

/** Parts of a board by their name, each as text that can be compared. */
const partsOf = (dashboard: object): ReadonlyMap<string, string> => {
  const { title, description, tags, panels, templating, annotations } = board.parse(dashboard);
  const every = panels.flatMap(({ panels: inner = [], ...outer }) => [outer, ...inner]);
  return new Map([
    ['its title, text or tags', JSON.stringify([title, description, tags])],
    ...every.map((one): [string, string] => [nameOf(one), JSON.stringify(seen(one))]),
    ...templating.list.map(({ name, query }): [string, string] => [
      `variable "${name}"`,
      JSON.stringify(query),
    ]),
    ...annotations.list
      // Grafana adds its own.
      .filter(({ target: asked }) => asked?.query !== undefined)
      .map(({ name, target: asked }): [string, string] => [
        `annotation "${name}"`,
        JSON.stringify(asked?.query),
      ]),
  ]);
};

const nameOf = ({ id, title = '', type }: z.infer<typeof panel>): string =>
  `${type === 'row' ? 'row' : 'panel'} "${title}" (${id ?? '?'})`;

const seen = ({ type, title, description, gridPos, targets = [], fieldConfig }: z.infer<typeof panel>) => [
  type,
  title,
  description,
  gridPos,
  targets.map(({ refId, query }) => [refId, query]),
  fieldConfig?.defaults?.unit,
  fieldConfig?.defaults?.thresholds,
];

export interface Differences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What `wanted` has and `there` has not, and the other way round. */
export const compare = (wanted: object, there: object): Differences => {
  const [ours, theirs] = [partsOf(wanted), partsOf(there)];
  return {
    added: [...ours.keys()].filter((name) => !theirs.has(name)),
    removed: [...theirs.keys()].filter((name) => !ours.has(name)),
    changed: [...ours].flatMap(([name, text]) =>
      theirs.has(name) && theirs.get(name) !== text ? [name] : [],
    ),
  };
};

export const isSame = ({ added, removed, changed }: Differences): boolean =>
  added.length + removed.length + changed.length === 0;
