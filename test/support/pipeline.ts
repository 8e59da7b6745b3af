import { Decoder } from '../../ingest/decode/decoder.ts';
import { Duplicates } from '../../ingest/duplicates.ts';
import { Intake } from '../../ingest/intake.ts';
import { Inventory } from '../../ingest/inventory.ts';
import { KeptMemory } from '../../ingest/kept-memory.ts';
import { Ledger } from '../../ingest/ledger.ts';
import { LiveState } from '../../ingest/live.ts';
import type { Message } from '../../ingest/message.ts';
import { defaultTimePolicy } from '../../ingest/normalise/time.ts';
import { OriginNames } from '../../ingest/origin.ts';
import { ParcelReader } from '../../ingest/parcel.ts';
import { Pipeline, type PipelineParts } from '../../ingest/pipeline.ts';
import { Presence } from '../../ingest/presence.ts';
import type { Spool } from '../../ingest/spool/spool.ts';
import { Strangers } from '../../ingest/strangers.ts';
import { take } from '../../ingest/take.ts';
import { viaRossini } from './via-rossini.ts';

export const receivedAt = Date.parse('2026-06-23T08:00:00Z');

/** A QoS 1 message of a seat, of S07 unless the topic says otherwise. */
export const messageOf = (payload: unknown, changes: Partial<Message> = {}): Message => ({
  topic: 'aperto/1/via-rossini/seat/S07',
  payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  qos: 1,
  receivedAt,
  origin: 'S07',
  ...changes,
});

export interface PipelineChanges extends Partial<PipelineParts> {
  readonly onDurable?: (delayMs: number) => void;
  /** Messages that go together; one by one where absent. */
  readonly parcelMax?: number;
}

/** A pipeline of native devices for via Rossini with its intake before it, and what it is made of. */
export const pipelineOf = (
  spool: Pick<Spool, 'append' | 'book'>,
  { onDurable, parcelMax = 1, ...changes }: PipelineChanges = {},
) => {
  // What is remembered of a device, as its series are, is no other pipeline's.
  const site = structuredClone(viaRossini);
  const memory = new KeptMemory({ entriesMax: 100, valueBytesMax: 1_000 }, []);
  const parts: PipelineParts = {
    decoder: new Decoder({ definitions: [], memory, timezone: 'Europe/Rome' }),
    memory,
    origins: new OriginNames(Buffer.alloc(32, 1)),
    inventory: new Inventory(new Map([[site.id, site]])),
    strangers: new Strangers(),
    spool,
    duplicates: new Duplicates(1_000),
    live: new LiveState([site]),
    presence: new Presence(),
    clock: { now: () => receivedAt },
    timePolicy: defaultTimePolicy,
    ...changes,
  };
  const pipeline = new Pipeline(parts);
  const parcels = new ParcelReader();
  const ledger = new Ledger({}, 0);
  const intake = new Intake({
    send: (parcel, refused) => take({ parcels, pipeline, spool }, parcel, refused),
    ledger,
    limits: { messagesMax: parcelMax, bytesMax: 1e6 },
    ...(onDurable === undefined ? {} : { onDurable }),
  });
  return { ...parts, ledger, pipeline: intake, onRebirth: pipeline.onRebirth.bind(pipeline) };
};
