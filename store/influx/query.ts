import { z } from 'zod';
import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { type HttpOptions, type HttpReply, request } from './http.ts';
import { type Target, unavailableError } from './outcome.ts';
import { parseJson, serverMessage } from './reply.ts';

const answerSchema = z.object({
  results: z.array(
    z.object({
      error: z.string().optional(),
      series: z
        .array(
          z.object({
            tags: z.record(z.string(), z.string()).optional(),
            columns: z.array(z.string()),
            values: z.array(z.array(z.union([z.number(), z.string(), z.null()]))),
            partial: z.boolean().optional(),
          }),
        )
        .optional(),
      partial: z.boolean().optional(),
    }),
  ),
});

/** One table of an answer: a group's tags, then rows under column names, the time first in epoch milliseconds. */
export type Table = NonNullable<z.infer<typeof answerSchema>['results'][number]['series']>[number];

/** Asks one InfluxQL statement of a database. Rejects with ApertoError. */
export const query = async (
  options: HttpOptions,
  target: Target,
  clock: Clock,
  statement: string,
): Promise<readonly Table[]> => {
  const parameters = { db: target.database, epoch: 'ms', q: statement };
  const reply = await request(options, { path: '/query', parameters });
  if (reply.status !== 200) throw replyError(reply, target, clock);
  const answer = answerSchema.safeParse(parseJson(reply.body));
  if (!answer.success) {
    throw new ApertoError('store_unavailable', `InfluxDB at ${target.url}: not an answer of InfluxQL`, {
      retry: true,
      cause: answer.error,
    });
  }
  const [result] = answer.data.results;
  if (result?.error !== undefined) throw statementError(result.error, target);
  const tables = result?.series ?? [];
  if (result?.partial === true || tables.some((table) => table.partial === true)) {
    const message = `InfluxDB at ${target.url} cut its answer (max-row-limit); ask for less at a time`;
    throw new ApertoError('store_rejected', message);
  }
  return tables;
};

const replyError = (reply: HttpReply, target: Target, clock: Clock): ApertoError => {
  if (reply.status === 401 || reply.status === 403) {
    return unavailableError(reply, target, clock, `the token may not read "${target.database}"; mend it`);
  }
  if (reply.status === 404) {
    return unavailableError(reply, target, clock, `no bucket or database "${target.database}"; create it`);
  }
  return reply.status === 400
    ? statementError(serverMessage(reply.body) ?? reply.body.slice(0, 200), target)
    : unavailableError(reply, target, clock, 'it did not answer the query');
};

/** A database that is not there may come; a statement that is wrong stays wrong. */
const statementError = (message: string, { url, database }: Target): ApertoError =>
  /not found|does not exist|timeout|shutdown|engine/i.test(message)
    ? new ApertoError('store_unavailable', `InfluxDB at ${url}, "${database}": ${message}`, { retry: true })
    : new ApertoError('store_rejected', `InfluxDB at ${url}, "${database}": ${message}`);
