import { Gauge, type Registry } from 'prom-client';
import type { Figures } from '../gateway/http/figures.ts';
import { ApertoError } from '../model/errors.ts';

/** How far the windows are, by site. */
export const observeRollups = (registry: Registry, { rollups }: Pick<Figures, 'rollups'>): void => {
  new Gauge({
    name: 'aperto_rollup_watermark_seconds',
    help: 'All that was stored with a time before this is in the windows; seconds since 1970.',
    labelNames: ['site'],
    registers: [registry],
    async collect() {
      this.reset();
      // Where the storage thread is gone, the other metrics must still tell of it.
      const states = await rollups().catch((error: unknown) =>
        error instanceof ApertoError ? [] : fail(error),
      );
      for (const { site, watermark } of states) this.set({ site }, watermark / 1000);
    },
  });
};

const fail = (error: unknown): never => {
  throw error;
};
