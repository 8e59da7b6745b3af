import type { Site } from '../../model/site.ts';
import type { ByKeys, Window } from '../figure.ts';
import { LocalTime } from '../local-time.ts';
import type { KpiRow } from '../query/reader.ts';
import { endOf } from '../query/windows.ts';
import type { FigureSource } from '../report/figure-source.ts';
import { settingsOf } from '../settings.ts';
import type { Anomaly, Rule } from './anomaly.ts';
import { readAll, readContext, type Told } from './context.ts';
import { rulesOf } from './rules.ts';

/** All that was not as it should be in a span, latest first. Rejects with ApertoError of the source. */
export const findAnomalies = async (
  source: FigureSource,
  site: Site,
  span: Window,
): Promise<readonly Anomaly[]> => {
  const context = await readContext(source, site, span);
  const local = new LocalTime(site.timezone);
  const found: Anomaly[] = [];
  for (const rule of rulesOf(settingsOf(site), context)) {
    found.push(...anomaliesIn(await readAll(source, site, rule, span), rule, local));
  }
  return found.sort((a, b) => b.from - a.from);
};

/** Windows of one zone, seat or device that are wrong one after another. */
interface Run {
  readonly by: ByKeys;
  readonly from: number;
  to: number;
  windows: number;
  worst: number;
  readonly unit: string;
}

/** In rows that are in order of time. Pure. */
export const anomaliesIn = ({ rows, unit, to }: Told, rule: Rule, local: LocalTime): readonly Anomaly[] => {
  const open = new Map<string, Run>();
  const ended: Run[] = [];
  for (const row of rows) {
    if (!isOf(rule, row)) continue;
    const { time = 0 } = row;
    const by = ownKeys(rule, row.by);
    const key = JSON.stringify(by);
    const run = open.get(key);
    const measured = rule.measure(row);
    const isWrong = measured !== undefined && rule.isWrong(measured, row);
    if (run !== undefined && (!isWrong || run.to !== time)) {
      ended.push(run);
      open.delete(key);
    }
    if (!isWrong) continue;
    const fresh = { by, from: time, to: time, windows: 0, worst: measured, unit: row.unit ?? unit };
    const going = open.get(key) ?? fresh;
    going.to = endOf(local, rule.every, time);
    going.windows++;
    going.worst = Math.max(going.worst, measured);
    open.set(key, going);
  }
  return [...ended, ...open.values()]
    .filter(({ windows }) => windows >= rule.windowsMin)
    .map(({ by, from, to: end, worst, unit: own }) => ({
      kind: rule.kind,
      by,
      from,
      to: Math.min(end, to),
      isOpen: end >= to,
      evidence: { kpi: rule.kpi, value: worst, unit: own, threshold: rule.threshold },
      advice: rule.advice,
    }));
};

const isOf = ({ rows }: Rule, { by }: KpiRow): boolean =>
  Object.entries(rows).every(([key, value]) => by[key] === value);

/** Without what all rows of the rule have in common. */
const ownKeys = ({ rows }: Rule, by: ByKeys): ByKeys =>
  Object.fromEntries(Object.entries(by).filter(([key]) => !(key in rows)));
