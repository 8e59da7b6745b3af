import type { Ledger } from '../../ingest/ledger.ts';
import type { Peer } from '../../ingest/peer.ts';
import { PipelineReport } from '../../ingest/pipeline-report.ts';
import type { Clock } from '../../model/clock.ts';
import type { Site } from '../../model/site.ts';
import type { Log } from '../log.ts';
import { version } from '../root.ts';
import type { IngestCalls } from './protocol.ts';

const sampleEveryMs = 5_000;
const reportEveryMs = 60_000;

export interface ReportParts {
  readonly name: string;
  readonly sites: ReadonlyMap<string, Site>;
  readonly ledger: Pick<Ledger, 'view'>;
  readonly thread: Pick<Peer<IngestCalls>, 'call'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Writes once a minute how messages get through, by way of the spool as everything else. */
export const startReport = ({ name: device, sites, ledger, thread, clock, log }: ReportParts) => {
  const report = new PipelineReport(clock.now());
  const write = async (): Promise<void> => {
    const [stats, strangers] = await Promise.all([thread.call('stats'), thread.call('strangers')]);
    const now = { view: ledger.view(), stats, strangers: strangers.length };
    await thread.call('write', report.points(clock.now(), now, { device, version, sites: sites.keys() }));
  };
  const timers = [
    setInterval(() => report.sample(clock.now(), ledger.view()), sampleEveryMs).unref(),
    setInterval(() => {
      write().catch((error: unknown) =>
        log.warn({ err: String(error) }, 'the state of the pipeline was not written'),
      );
    }, reportEveryMs).unref(),
  ];
  return {
    durable: (delayMs: number): void => report.durable(delayMs),
    stored: (points: number, writeMs: number): void => report.stored(points, writeMs),
    stop: (): void => {
      for (const timer of timers) clearInterval(timer);
    },
  };
};

/** One listener that tells two. */
export const both =
  <T extends readonly unknown[]>(first: (...given: T) => void, second: (...given: T) => void) =>
  (...given: T): void => {
    first(...given);
    second(...given);
  };
