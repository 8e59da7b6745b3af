import { z } from 'zod';
import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { type HttpOptions, type HttpReply, request } from './http.ts';
import { type Target, unavailableError } from './outcome.ts';
import { parseJson, serverMessage } from './reply.ts';

type Cells = readonly (number | string | null)[];

/** By hand: an answer has millions of cells, and a schema of each costs more than reading the text. */
const isRows = (values: unknown): values is readonly Cells[] =>
  Array.isArray(values) &&
  values.every(
    (cells) =>
      Array.isArray(cells) &&
      cells.every((cell) => typeof cell === 'number' || typeof cell === 'string' || cell === null),
  );

const answerSchema = z.object({
  results: z.array(
    z.object({
      error: z.string().optional(),
      series: z
        .array(
          z.object({
            name: z.string().optional(),
            tags: z.record(z.string(), z.string()).optional(),
            columns: z.array(z.string()),
            values: z.custom<readonly Cells[]>(isRows),
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

type Result = z.infer<typeof answerSchema>['results'][number];

/**
 * Asks one InfluxQL statement of a database. Rejects with ApertoError. The answer comes in parts, one a line: in one
 * piece InfluxDB 1.x calls every answer of more than 10,000 rows partial, whether or not it left some out.
 */
export const query = async (
  options: HttpOptions,
  target: Target,
  clock: Clock,
  statement: string,
): Promise<readonly Table[]> => {
  const parameters = { db: target.database, epoch: 'ms', chunked: 'true', q: statement };
  const reply = await request(options, { path: '/query', parameters });
  if (reply.status !== 200) throw replyError(reply, target, clock);
  const parts = reply.body.trimEnd().split('\n');
  const results = parts.map((part) => readPart(part, target));
  const last = results.at(-1);
  if (last?.partial === true || last?.series?.some((table) => table.partial === true) === true) {
    const message = `InfluxDB at ${target.url} cut its answer (max-row-limit); ask for less at a time`;
    throw new ApertoError('store_rejected', message);
  }
  return joinTables(results.flatMap(({ series = [] }) => series));
};

const readPart = (text: string, target: Target): Result => {
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) {
    throw new ApertoError('store_unavailable', `InfluxDB at ${target.url}: not an answer of InfluxQL`, {
      retry: true,
      cause: answer.error,
    });
  }
  const [result = {}] = answer.data.results;
  if (result.error !== undefined) throw statementError(result.error, target);
  return result;
};

/** A table of many rows goes on in the next part. */
const joinTables = (tables: readonly Table[]): readonly Table[] => {
  const joined: Table[] = [];
  for (const table of tables) {
    const last = joined.at(-1);
    const goesOn = last?.partial === true && last.name === table.name && sameTags(last, table);
    if (!goesOn) joined.push(table);
    else joined[joined.length - 1] = { ...table, values: last.values.concat(table.values) };
  }
  return joined;
};

const sameTags = ({ tags: one = {} }: Table, { tags: other = {} }: Table): boolean =>
  Object.entries(one).every(([name, value]) => other[name] === value);

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
