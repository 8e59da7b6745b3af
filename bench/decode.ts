import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Decoder } from '../ingest/decode/decoder.ts';
import { devices } from '../ingest/decode/devices/index.ts';
import { VolatileMemory } from '../ingest/decode/memory.ts';

interface Vector {
  readonly topic: string;
  readonly json?: unknown;
  readonly text?: string;
  readonly base64?: string;
  readonly readings?: readonly unknown[];
}

const rounds = 2_000;
const folder = join(
  dirname(createRequire(import.meta.url).resolve('#root/package.json')),
  'ingest/decode/devices',
);

const bytesOf = ({ json, text, base64 }: Vector): Uint8Array =>
  base64 === undefined ? Buffer.from(text ?? JSON.stringify(json)) : Buffer.from(base64, 'base64');

/** What it costs to decode a message of each family: mean over the good vectors of its file, warm. */
export const benchDecode = (): void => {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.vectors.json'));
  for (const file of files.sort()) {
    const vectors: Vector[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const good = vectors
      .filter(({ readings }) => readings !== undefined)
      .map((vector) => ({ topic: vector.topic, bytes: bytesOf(vector) }));
    const decoder = new Decoder({
      definitions: devices,
      memory: new VolatileMemory(10_000),
      timezone: 'Europe/Rome',
    });
    const run = (): void => {
      for (let round = 0; round < rounds; round++) {
        for (const { topic, bytes } of good) decoder.decode(topic, bytes, 1_782_201_600_000);
      }
    };
    run();
    const started = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(started);
    const micros = (user + system) / (rounds * good.length);
    process.stdout.write(
      `${file.replace('.vectors.json', '').padEnd(36)} ${micros.toFixed(1).padStart(6)} µs CPU a message\n`,
    );
  }
};
