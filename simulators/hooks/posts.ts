import { ApertoError } from '../../model/errors.ts';
import type { Counts } from '../connection.ts';
import type { Line } from '../line.ts';
import type { Seed } from '../random.ts';
import { HookLine } from './hook-line.ts';
import type { HookSource } from './source.ts';

/** Where posts go, and how they show that they may. */
export interface HookOptions {
  /** Address of the receiver: `http://host:port`. */
  readonly http: string;
  readonly tokens: ReadonlyMap<HookSource, string>;
  readonly merakiValidator?: string | undefined;
}

interface PostsParts {
  readonly hooks: HookOptions | undefined;
  /** Who posts in this run; none where all devices are clients of the broker. */
  readonly sources: ReadonlySet<HookSource>;
  readonly counts: Counts;
  readonly seed: Seed;
}

/** More than a device may have waiting: a source speaks for many. */
const inFlightMax = 256;

const missing = (source: HookSource, setting: string): ApertoError =>
  new ApertoError(
    'usage',
    `a dialect posts to the hook ${source}: set APERTO_HOOK_${source.toUpperCase()}_${setting} to what the receiver has`,
  );

/** A line for each source that posts. */
export class Posts {
  private readonly lines = new Map<HookSource, HookLine>();
  private readonly refusal = new AbortController();

  /** @throws ApertoError `usage` where a secret is missing, or the address is none */
  constructor({ hooks, sources, counts, seed }: PostsParts) {
    for (const source of sources) {
      const secret = hooks?.tokens.get(source);
      if (hooks === undefined || secret === undefined) throw missing(source, 'TOKEN');
      if (source === 'meraki' && hooks.merakiValidator === undefined) throw missing(source, 'VALIDATOR');
      checkAddress(hooks.http);
      const line = new HookLine({
        http: hooks.http,
        source,
        secret,
        validator: hooks.merakiValidator,
        inFlightMax,
        counts,
        random: seed.random('back-off', source),
        onRefusal: (refusal) => this.refusal.abort(refusal),
      });
      this.lines.set(source, line);
    }
  }

  /** Fires where a receiver lets nobody in; its reason is the error. */
  get refused(): AbortSignal {
    return this.refusal.signal;
  }

  /** @throws ApertoError `usage` where nobody answers */
  async open(): Promise<void> {
    for (const line of this.lines.values()) await line.open();
  }

  lineOf(source: HookSource): HookLine {
    const line = this.lines.get(source);
    if (line === undefined) throw new ApertoError('internal', `nobody posts to the hook ${source}`);
    return line;
  }

  /** What a person calls a line; `undefined` where it is none of these. */
  nameOf(line: Line): string | undefined {
    for (const [source, each] of this.lines) if (each === line) return `the hook ${source}`;
    return undefined;
  }

  async close(timeoutMs: number): Promise<void> {
    await Promise.all(Array.from(this.lines.values(), (line) => line.close(timeoutMs)));
  }
}

const checkAddress = (http: string): void => {
  const url = URL.canParse(http) ? new URL(http) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return;
  throw new ApertoError('usage', `"${http}" is no HTTP address; write it as http://host:8080`);
};
