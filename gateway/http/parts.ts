import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { LedgerView } from '../../ingest/ledger.ts';
import type { Live } from '../../ingest/live.ts';
import type { Accept } from '../../ingest/message.ts';
import type { QuarantinedMessage, QuarantineQuery } from '../../ingest/quarantine.ts';
import type { Stranger } from '../../ingest/strangers.ts';
import type { Clock } from '../../model/clock.ts';
import type { limits } from '../../model/limits.ts';
import type { Site } from '../../model/site.ts';
import type { Store } from '../../store/store.ts';
import type { TlsCertificates } from '../tls.ts';
import type { Board } from './board.ts';
import type { Figures } from './figures.ts';
import type { HealthCheck } from './health.ts';
import type { HookSecrets } from './hooks/source.ts';
import type { Tokens } from './tokens.ts';

export type Limits = { readonly [Name in keyof typeof limits]: number };

/** All that the HTTP edge is given; it makes nothing of this itself. */
export interface HttpParts {
  /** By id, in the order in which they are listed. */
  readonly sites: ReadonlyMap<string, Site>;
  readonly live: Live;
  readonly ledger: () => LedgerView;
  /** Newest first. */
  readonly quarantine: (query: QuarantineQuery) => Promise<readonly QuarantinedMessage[]>;
  /** Devices that speak and are in no site file, latest heard first. */
  readonly strangers: () => Promise<readonly Stranger[]>;
  readonly store: Store;
  /** Figures from windows; where absent, nobody makes them here. */
  readonly figures?: Figures;
  /** The built pages for people; where absent, there is the API alone. */
  readonly board?: Board;
  /** The way in for what comes by webhook. */
  readonly accept: Accept;
  /** Webhooks that somebody may use; none where absent. */
  readonly hooks?: HookSecrets;
  /** Served at /metrics; the HTTP edge adds its own. */
  readonly metrics: Registry;
  readonly health: HealthCheck;
  readonly clock: Clock;
  readonly logger?: FastifyBaseLogger;
  /** Bearer tokens for everything but health, documentation and the first page; open to this machine where absent. */
  readonly tokens?: Tokens;
  /** Pages of these origins may read what is answered. */
  readonly corsOrigins?: readonly string[];
  /** For `listenSecurely`. */
  readonly certificates?: TlsCertificates;
  /** Where they differ from model/limits.ts. */
  readonly limits?: Partial<Limits>;
}
