import type { MessagePort } from 'node:worker_threads';
import { ApertoError } from '../../model/errors.ts';
import { Peer } from '../peer.ts';
import type { Batch, DrainCalls, DrainNews, ReadResult, Settlement } from './protocol.ts';

/** The spool as the drain sees it, over the port of `Spool.connect`. */
export class SpoolReader {
  readonly #peer: Peer<DrainCalls>;
  #onCommit: (() => void) | undefined;

  constructor(port: MessagePort) {
    const news: DrainNews = { committed: () => this.#onCommit?.() };
    this.#peer = new Peer<DrainCalls>(port, { ...news });
    port.on('close', () => this.#peer.end(new ApertoError('closed', 'the spool is closed')));
  }

  /** Called after each commit: there may be something to drain. */
  onCommit(listener: () => void): void {
    this.#onCommit = listener;
  }

  read(after: number, pointsMax: number): Promise<ReadResult> {
    return this.#peer.call('read', after, pointsMax);
  }

  readNewest(after: number, pointsMax: number): Promise<readonly Batch[]> {
    return this.#peer.call('readNewest', after, pointsMax);
  }

  settle(settlement: Settlement): Promise<void> {
    return this.#peer.call('settle', settlement);
  }
}
