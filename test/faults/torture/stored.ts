import { DuckDBInstance } from '@duckdb/node-api';
import { openInfluxStore } from '../../../store/influx/influx-store.ts';
import type { Store } from '../../../store/store.ts';

/** Every value of a field of a device: [epoch ms, value], in no order. */
export type ReadSeries = (device: string, field: string) => Promise<[number, number][]>;

/** Reads the file by SQL and not by our own store, which merges what it reads. */
export const readDuckDb = async <Result>(
  path: string,
  work: (read: ReadSeries) => Promise<Result>,
): Promise<Result> => {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return await work(async (device, field) => {
      const rows = await connection.runAndReadAll(
        `select epoch_ms(time), ${field} from occupancy where device = $device and ${field} is not null`,
        { device },
      );
      return rows.getRows().map(([time, value]) => [Number(time), Number(value)]);
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

export const readInflux = async <Result>(
  options: Parameters<typeof openInfluxStore>[0],
  work: (read: ReadSeries) => Promise<Result>,
): Promise<Result> => {
  const store = await openInfluxStore(options);
  try {
    return await work((device, field) => readAll(store, device, field));
  } finally {
    await store.close();
  }
};

const readAll = async (store: Store, device: string, field: string): Promise<[number, number][]> => {
  const found: [number, number][] = [];
  let from: number | undefined = 0;
  while (from !== undefined) {
    const selection = {
      measurement: 'occupancy',
      field,
      from,
      to: 8e12,
      tags: { site: 'via-rossini', device },
    };
    const page = await store.range({ ...selection, measurement: 'occupancy', limit: 10_000 });
    for (const { points } of page.series) for (const [time, value] of points) found.push([time, value]);
    from = page.next;
  }
  return found;
};
