import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { type Board, readBoard } from '../../gateway/http/board.ts';
import type { HttpParts } from '../../gateway/http/parts.ts';
import { createHttpServer, type HttpServer } from '../../gateway/http/server.ts';
import { LiveState } from '../../ingest/live.ts';
import { LiveMirror } from '../../ingest/live-mirror.ts';
import type { Clock } from '../../model/clock.ts';
import { ApertoError } from '../../model/errors.ts';
import type { Point } from '../../model/point.ts';
import { parseSite, type Site } from '../../model/site.ts';
import type { PlacedKind } from '../../model/topic.ts';
import type { Store } from '../../store/store.ts';

export const viaRossini = (): Site => {
  const file = new URL('../../sites/via-rossini.yaml', import.meta.url);
  return parseSite(readFileSync(file, 'utf8'), 'via-rossini.yaml');
};

/** 2026-06-23T08:00:00Z, a Tuesday on which the office is open. */
export const startOfTest = Date.UTC(2026, 5, 23, 8);

export interface ManualClock extends Clock {
  ms: number;
}

export const manualClock = (ms = startOfTest): ManualClock => ({
  ms,
  now() {
    return this.ms;
  },
});

const absent = async (): Promise<never> => {
  throw new ApertoError('store_unavailable', 'the store of this test is at secret.example:8086', {
    retry: true,
    retryAfterMs: 1_500,
  });
};

/** A store that never answers well, for tests of routes that do not ask it, and of what happens when it is down. */
export const absentStore: Store = {
  name: 'absent',
  write: absent,
  range: absent,
  aggregate: absent,
  latest: absent,
  ping: absent,
  close: async () => undefined,
};

export const seatPoint = (device: string, zone: string, time: number, occupied: 0 | 1): Point => ({
  measurement: 'occupancy',
  tags: { site: 'via-rossini', zone, device, kind: 'seat' },
  fields: { occupied },
  time,
});

let board: Board | undefined;
/** The live board as the build before the tests left it. */
const builtBoard = (): Board => {
  board ??= readBoard(fileURLToPath(new URL('../../dist/web', import.meta.url)));
  return board;
};

export interface BuiltHttp {
  readonly server: HttpServer;
  readonly live: LiveMirror;
  readonly clock: ManualClock;
  readonly metrics: Registry;
  readonly site: Site;
  /** A device said something that is durable now. */
  say(kind: PlacedKind, ...points: readonly Point[]): void;
}

/** The HTTP edge with via Rossini behind it, not listening; closed after the test. */
export const buildHttp = async (changes: Partial<HttpParts> = {}): Promise<BuiltHttp> => {
  const site = viaRossini();
  const sites = changes.sites ?? new Map([[site.id, site]]);
  const state = new LiveState(sites.values());
  const live = new LiveMirror([...sites.keys()].flatMap((id) => state.snapshot(id)));
  const clock = manualClock();
  const metrics = new Registry();
  const server = await createHttpServer({
    sites,
    live,
    ledger: () => ({ received: 0, stored: 0, duplicate: 0, spooled: 0, quarantined: {}, refused: {} }),
    quarantine: async () => [],
    strangers: async () => [],
    accept: async () => ({ kind: 'refused', reason: 'unknown_topic' }),
    store: absentStore,
    board: builtBoard(),
    metrics,
    health: () => ({ spool: { ok: true }, store: { ok: true } }),
    clock,
    ...changes,
  });
  onTestFinished(() => server.close());
  const say = (kind: PlacedKind, ...points: readonly Point[]): void => {
    for (const point of points) {
      state.update(kind, [point]);
      live.put(state.takeChanges());
    }
  };
  return { server, live, clock, metrics, site, say };
};

export interface StartedHttp extends BuiltHttp {
  readonly url: string;
  readonly port: number;
}

/** The same on a free port. */
export const startHttp = async (changes: Partial<HttpParts> = {}): Promise<StartedHttp> => {
  const built = await buildHttp(changes);
  const { port } = await built.server.listen('127.0.0.1', 0);
  return { ...built, port, url: `http://127.0.0.1:${port}` };
};
