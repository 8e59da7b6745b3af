import { Decoder, payloadBytesMax } from '../../ingest/decode/decoder.ts';
import { devices } from '../../ingest/decode/devices/index.ts';
import { VolatileMemory } from '../../ingest/decode/memory.ts';
import { settleTime } from '../../ingest/normalise/time.ts';
import { systemClock } from '../../model/clock.ts';
import { limits } from '../../model/limits.ts';
import type { Reading } from '../../model/point.ts';
import { loadSite } from '../load-site.ts';

export interface DecodeWords {
  readonly topic: string;
  readonly at?: number;
  readonly site: string;
}

export const decodeInput = async ({ topic, at, site }: DecodeWords): Promise<void> => {
  const receivedAt = at ?? systemClock.now();
  const memory = new VolatileMemory(limits.memoryEntriesMax);
  const decoder = new Decoder({ definitions: devices, memory, timezone: loadSite(site).timezone });
  const decoded = decoder.decode(topic, await readInput(payloadBytesMax(topic)), receivedAt);
  if (decoded.kind === 'nothing') return;
  if (decoded.kind === 'readings') {
    for (const reading of decoded.readings)
      process.stdout.write(`${JSON.stringify(toLine(reading, receivedAt))}\n`);
    return;
  }
  const error =
    decoded.kind === 'rejected' || decoded.kind === 'refused'
      ? { code: decoded.reason, message: decoded.detail }
      : { code: 'unknown_topic', message: `no device definition knows the topic "${topic}"` };
  process.stderr.write(`${JSON.stringify({ error })}\n`);
  process.exitCode = 2;
};

const toLine = ({ device, measurement, tags, fields, time }: Reading, receivedAt: number) => ({
  device,
  measurement,
  tags,
  fields,
  time: new Date(settleTime(time, receivedAt).time).toISOString(),
});

/** All of standard input, and one byte more than the limit at most: what is too large is refused by decode. */
const readInput = async (bytesMax: number): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > bytesMax) break;
  }
  return Buffer.concat(chunks);
};
