import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import { type HttpReply, request } from './http.ts';
import { type Deletion, deleteStatement } from './influxql.ts';
import { unavailableError } from './outcome.ts';
import { serverMessage } from './reply.ts';
import type { Server, SetupOptions } from './setup.ts';

/**
 * Deletes points: by InfluxQL in 1.x, by the delete API in 2.x. InfluxDB 3 Core cannot delete points at all.
 * @throws ApertoError `store_unavailable`, or `store_rejected` where the server never will
 */
export const deletePoints = async (
  options: SetupOptions,
  server: Server,
  clock: Clock,
  deletion: Deletion,
): Promise<void> => {
  if (deletion.from >= deletion.to) return;
  if (server.major >= 3) {
    throw new ApertoError(
      'store_rejected',
      `InfluxDB ${server.major} at ${options.url} cannot delete points; give the database a retention period`,
    );
  }
  const reply =
    server.major === 2
      ? await deleteByApi(options, server, deletion)
      : await deleteByStatement(options, deletion);
  if (reply.status < 300 && serverMessage(reply.body) === undefined) return;
  throw unavailableError(reply, options, clock, `the token may not delete in "${options.database}"?`);
};

const deleteByStatement = (options: SetupOptions, deletion: Deletion): Promise<HttpReply> =>
  request(options, {
    method: 'POST',
    path: '/query',
    parameters: { db: options.database, q: deleteStatement(deletion) },
  });

const deleteByApi = (
  options: SetupOptions,
  { org }: Server,
  { measurement, tags, from, to }: Deletion,
): Promise<HttpReply> =>
  request(options, {
    method: 'POST',
    path: '/api/v2/delete',
    parameters: { org, bucket: options.database },
    json: {
      start: new Date(from).toISOString(),
      // The last instant is deleted too.
      stop: new Date(to - 1).toISOString(),
      predicate: Object.entries({ _measurement: measurement, ...tags })
        .map(([name, value]) => `"${name}"="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
        .join(' AND '),
    },
  });
