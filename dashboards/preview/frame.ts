import type { InfluxSeries } from './influx.ts';
import { type DrawnPanel, type Look, lookOf } from './panel.ts';

/** A series as it is drawn: its name in the language of the board, and its points. */
export interface Frame {
  readonly look: Look;
  readonly points: readonly (readonly [time: number, value: number | undefined])[];
}

/** The last value that is one. */
export const lastOf = ({ points }: Frame): number | undefined =>
  points.findLast(([, value]) => value !== undefined)?.[1];

/** Answers to a panel's queries, in their order, as series with names. */
export const framesOf = (panel: DrawnPanel, answers: readonly (readonly InfluxSeries[])[]): Frame[] =>
  answers.flatMap((series, index) => {
    const { alias = '', refId = 'A' } = panel.targets[index] ?? {};
    return series.map(({ tags, values }): Frame => {
      const name = alias.replace(/\[\[tag_(\w+)\]\]/g, (_, tag: string) => tags[tag] ?? '');
      return {
        look: lookOf(panel, name, refId),
        points: values.map(([time, value]) => [Number(time), typeof value === 'number' ? value : undefined]),
      };
    });
  });
