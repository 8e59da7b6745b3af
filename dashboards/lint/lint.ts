import { messageOf } from '../../model/errors.ts';
import { dashboardSchema, type LintedBoard } from './dashboard.ts';
import type { Finding, Rule } from './rule.ts';
import { annotations } from './rules/annotations.ts';
import { datasource, variables } from './rules/datasource.ts';
import { description } from './rules/description.ts';
import { id } from './rules/id.ts';
import { knownFields } from './rules/known-fields.ts';
import { languageParity } from './rules/language-parity.ts';
import { legend } from './rules/legend.ts';
import { length } from './rules/length.ts';
import { minInterval } from './rules/min-interval.ts';
import { noFixedPlace } from './rules/no-fixed-place.ts';
import { noValue } from './rules/no-value.ts';
import { overlap } from './rules/overlap.ts';
import { panelType } from './rules/panel-type.ts';
import { tableTags } from './rules/table-tags.ts';
import { thresholds } from './rules/thresholds.ts';
import { timeFilter } from './rules/time-filter.ts';
import { unit } from './rules/unit.ts';

export const rules: readonly Rule[] = [
  description,
  unit,
  id,
  datasource,
  variables,
  knownFields,
  noFixedPlace,
  overlap,
  noValue,
  thresholds,
  minInterval,
  timeFilter,
  tableTags,
  panelType,
  legend,
  length,
  languageParity,
  annotations,
];

/** Boards by file name, as JSON text. */
export type BoardFiles = ReadonlyMap<string, string>;

/**
 * Holds boards against every rule.
 * @param committed the boards as they stand in the repository, where there are any
 */
export const lintDashboards = (files: BoardFiles, committed: BoardFiles = new Map()): Finding[] => {
  const findings: Finding[] = [];
  const boards = read(files, findings);
  const input = { boards, committed: read(committed, []) };
  return [...findings, ...rules.flatMap((rule) => rule.check(input))];
};

/** Files that hold no board become findings of the rule `shape`. */
const read = (files: BoardFiles, findings: Finding[]): LintedBoard[] =>
  [...files].flatMap(([file, text]) => {
    const fail = (message: string): [] => {
      findings.push({ board: file, rule: 'shape', message });
      return [];
    };
    const parsed = dashboardSchema.safeParse(parse(text));
    if (parsed.success) return [{ file, dashboard: parsed.data }];
    const [issue] = parsed.error.issues;
    return fail(`${issue?.path.map(String).join('.') || 'the file'}: ${issue?.message ?? 'is no dashboard'}`);
  });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return messageOf(error);
  }
};
