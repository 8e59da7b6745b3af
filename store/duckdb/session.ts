import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { definitionOf, storedNames } from '../../model/measurements.ts';
import { Catalog } from './catalog.ts';
import { createSchema } from './schema.ts';
import { Writer } from './writer.ts';

export interface SessionOptions {
  readonly path: string;
  readonly threads: number | undefined;
  readonly memoryLimitMb: number;
  readonly seriesMax: number;
  readonly readers: number;
}

/** Everything that lives as long as the file stays open. */
export interface Session {
  readonly writer: Writer;
  readonly catalog: Catalog;
  readonly readers: readonly DuckDBConnection[];
  close(): void;
}

/** Opens the file, which DuckDB locks for this process, and brings its tables to the model. */
export const openSession = async (options: SessionOptions): Promise<Session> => {
  const instance = await DuckDBInstance.create(options.path, settings(options));
  const connections: DuckDBConnection[] = [];
  const close = (): void => {
    for (const connection of connections) connection.closeSync();
    instance.closeSync();
  };
  try {
    const connect = async (): Promise<DuckDBConnection> => {
      const connection = await instance.connect();
      connections.push(connection);
      return connection;
    };
    const writing = await connect();
    const columns = await createSchema(writing, storedNames.map(definitionOf));
    const catalog = await Catalog.load(writing, options.seriesMax);
    const writer = new Writer(writing, catalog, columns);
    const readers: DuckDBConnection[] = [];
    for (let count = 0; count < options.readers; count++) readers.push(await connect());
    return {
      writer,
      catalog,
      readers,
      close: () => {
        writer.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
};

/** The defaults that count for durability stay: a commit syncs the write-ahead log before it returns. */
const settings = ({ threads, memoryLimitMb }: SessionOptions): Record<string, string> => ({
  memory_limit: `${memoryLimitMb}MB`,
  ...(threads === undefined ? {} : { threads: String(threads) }),
  // Nothing is fetched from the network because a query named it.
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});
