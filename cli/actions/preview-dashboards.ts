import { startPreview } from '../../dashboards/preview/server.ts';
import { readSecret } from '../../gateway/secret.ts';
import { systemClock } from '../../model/clock.ts';
import { loadSite } from '../load-site.ts';
import { stopSignal } from '../stop-signal.ts';

export interface PreviewWords {
  readonly site: string;
  readonly influx: string;
  readonly database: string;
  readonly port: number;
}

/** Until Ctrl-C. */
export const preview = async ({ site, influx, database, port }: PreviewWords): Promise<void> => {
  const token = readSecret('INFLUX_TOKEN', process.env);
  const server = await startPreview({
    site: loadSite(site),
    influx: { url: influx, database, token },
    port,
    now: () => systemClock.now(),
  });
  const stop = stopSignal();
  process.stdout.write(`${JSON.stringify({ event: 'ready', http: server.url })}\n`);
  await stop.received;
  await server.close();
};
