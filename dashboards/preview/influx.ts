import { z } from 'zod';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { isMeasurementName } from '../../model/measurements.ts';

export interface InfluxAccess {
  readonly url: string;
  /** Of what devices said; windows are in the one beside it, `<database>_rollup`. */
  readonly database: string;
  readonly token?: string | undefined;
}

const series = z.object({
  tags: z.record(z.string(), z.string()).default({}),
  columns: z.array(z.string()),
  values: z.array(z.array(z.union([z.number(), z.string(), z.null()]))),
});
export type InfluxSeries = z.infer<typeof series>;
const answer = z.object({
  results: z.tuple([z.object({ series: z.array(series).default([]), error: z.string().optional() })]),
});

/** Asks as Grafana's data source does. @throws ApertoError `store_unavailable`, `store_rejected` */
export const ask = async (
  { url, database, token }: InfluxAccess,
  question: string,
): Promise<readonly InfluxSeries[]> => {
  const measurement = /FROM "(\w+)"/.exec(question)?.[1] ?? '';
  const db = isMeasurementName(measurement) ? database : `${database}_rollup`;
  const reply = await fetch(`${url}/query?${new URLSearchParams({ db, epoch: 'ms' })}`, {
    method: 'POST',
    body: new URLSearchParams({ q: question }),
    headers: token === undefined ? {} : { authorization: `Token ${token}` },
  }).catch((error: unknown) => {
    throw new ApertoError('store_unavailable', `InfluxDB at ${url} does not answer: ${messageOf(error)}`);
  });
  const text = await reply.text();
  if (!reply.ok) throw new ApertoError('store_rejected', `InfluxDB at ${url}: ${reply.status}: ${text}`);
  const [result] = answer.parse(JSON.parse(text)).results;
  if (result.error !== undefined) throw new ApertoError('store_rejected', `${question}: ${result.error}`);
  return result.series;
};
