import { parse } from 'yaml';
import { z } from 'zod';
import type { Finding } from './rule.ts';
import { unknownNames } from './rules/known-fields.ts';

const ruleSchema = z.looseObject({
  title: z.string(),
  data: z.array(
    z.looseObject({
      refId: z.string(),
      model: z.looseObject({ query: z.string().optional() }),
    }),
  ),
});
const fileSchema = z.looseObject({
  groups: z.array(z.looseObject({ rules: z.array(ruleSchema) })).default([]),
});

/** Alerts, too, can only ask for what somebody writes. @param files alerting files by name, as YAML text */
export const lintAlerts = (files: ReadonlyMap<string, string>): Finding[] =>
  [...files].flatMap(([file, text]) =>
    fileSchema
      .parse(parse(text))
      .groups.flatMap(({ rules }) => rules)
      .flatMap(({ title, data }) =>
        data.flatMap(({ refId, model }) =>
          model.query === undefined
            ? []
            : unknownNames(refId, model.query).map((message) => ({
                board: file,
                panel: title,
                rule: 'known-fields',
                message,
              })),
        ),
      ),
  );
