import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const payload = {
  topic: z.string(),
  json: z.unknown().optional(),
  text: z.string().optional(),
  /** Bytes as base64: protobuf, CBOR. */
  base64: z.string().optional(),
};

/** A message in the vendor's format and exactly what it must become. */
export const vectorSchema = z.strictObject({
  name: z.string(),
  ...payload,
  /** Messages that came earlier and are remembered: births, descriptions, the state before a delta. */
  before: z.array(z.strictObject(payload)).optional(),
  /** Receive time; 2026-06-23T08:00:00Z where absent. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** One of these five. */
  readings: z.array(z.unknown()).optional(),
  rejected: z.string().optional(),
  refused: z.string().optional(),
  nothing: z.literal(true).optional(),
  unknown: z.literal(true).optional(),
  /** Reasons of what was left out, in order. */
  doubts: z.array(z.string()).optional(),
});

export type Vector = z.infer<typeof vectorSchema>;

/** Bytes of a vector's payload. */
export const bytesOf = ({ json, text, base64 }: Pick<Vector, 'json' | 'text' | 'base64'>): Uint8Array => {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  return Buffer.from(text ?? JSON.stringify(json));
};

const folder = join(import.meta.dirname, '../../ingest/decode/devices');

/** All vector files of the devices, each with its vectors. */
export const loadVectors = (): { readonly file: string; readonly vectors: readonly Vector[] }[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.vectors.json'))
    .sort()
    .map((file) => {
      const content: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return { file, vectors: z.array(vectorSchema).parse(content) };
    });
