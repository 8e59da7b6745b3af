import { z } from 'zod';
import { isMeasurementName } from '../../model/measurements.ts';
import type { Influx } from '../services/influx.ts';

const series = z.object({
  name: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  columns: z.array(z.string()),
  values: z.array(z.array(z.union([z.number(), z.string(), z.null()]))),
});
export type AnswerSeries = z.infer<typeof series>;
const answer = z.object({
  results: z.tuple([z.object({ series: z.array(series).default([]), error: z.string().optional() })]),
});

/** Windows have a database of their own. */
const databaseOf = ({ database }: Influx, question: string): string => {
  const measurement = /FROM "(\w+)"/.exec(question)?.[1] ?? '';
  return isMeasurementName(measurement) ? database : `${database}_rollup`;
};

/** Asks as Grafana's data source does: InfluxQL in the body of a POST, the token in a header. */
export const askInflux = async (influx: Influx, question: string): Promise<AnswerSeries[]> => {
  const reply = await fetch(
    `${influx.url}/query?${new URLSearchParams({ db: databaseOf(influx, question), epoch: 'ms' })}`,
    {
      method: 'POST',
      body: new URLSearchParams({ q: question }),
      headers: influx.token === undefined ? {} : { authorization: `Token ${influx.token}` },
    },
  );
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${question}: HTTP ${reply.status}: ${text}`);
  const [result] = answer.parse(JSON.parse(text)).results;
  if (result.error !== undefined) throw new Error(`${question}: ${result.error}`);
  return result.series;
};

/** The figures of an answer, without times and gaps. */
export const figuresOf = (found: readonly AnswerSeries[]): number[] =>
  found.flatMap(({ values }) =>
    values.flatMap(([, ...row]) => row.filter((value): value is number => typeof value === 'number')),
  );
