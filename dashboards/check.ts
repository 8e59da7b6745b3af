import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAlerts } from './alerts/build.ts';
import { buildDashboards } from './build.ts';
import { lintAlerts } from './lint/alerts.ts';
import { lintDashboards } from './lint/lint.ts';
import type { Finding } from './lint/rule.ts';
import type { DashboardOptions } from './write.ts';

export { type Finding, findingText } from './lint/rule.ts';

/** Holds boards and alerts against every rule, and the written files against a fresh build. No finding: all is well. */
export const checkDashboards = async ({ directory, ...options }: DashboardOptions): Promise<Finding[]> => {
  const boards = buildDashboards(options);
  const alerts = buildAlerts(options);
  const committed = await readFiles(directory);
  return [
    ...lintDashboards(boards, new Map([...committed].filter(([file]) => file.endsWith('.json')))),
    ...lintAlerts(alerts),
    ...outOfDate(new Map([...boards, ...alerts]), committed),
  ];
};

const outOfDate = (fresh: ReadonlyMap<string, string>, committed: ReadonlyMap<string, string>): Finding[] => {
  const stale = [...fresh].filter(([file, text]) => committed.get(file) !== text).map(([file]) => file);
  const extra = [...committed.keys()].filter((file) => !fresh.has(file));
  return [
    ...stale.map((board) => ({
      board,
      rule: 'up-to-date',
      message: 'differs from a fresh build; run "aperto dashboards build"',
    })),
    ...extra.map((board) => ({ board, rule: 'up-to-date', message: 'is built by nothing; delete it' })),
  ];
};

const readFiles = async (directory: string): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const entry of await filesUnder(directory))
    files.set(entry, await readFile(join(directory, entry), 'utf8'));
  return files;
};

/** Relative paths with `/`, in order; none where the folder is not there yet. */
const filesUnder = async (directory: string): Promise<string[]> => {
  try {
    const entries = await readdir(directory, { recursive: true });
    return entries
      .map((entry) => entry.replaceAll('\\', '/'))
      .filter((entry) => /\.(json|yaml)$/.test(entry))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};
