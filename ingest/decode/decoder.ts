import { limits } from '../../model/limits.ts';
import { isHookTopic } from '../../model/topic.ts';
import { type Decoded, type Rejected, unknown } from './decoded.ts';
import type { Context, Definition, Incoming } from './definition.ts';
import { toJson, toText } from './json.ts';
import type { Memory } from './memory.ts';
import { decodeNative } from './native/native.ts';
import { compileTopic, type TopicMatcher } from './topic-pattern.ts';

export interface DecoderOptions {
  /** In the order in which they are asked; the first that recognises a message reads it. */
  readonly definitions: readonly Definition[];
  readonly memory: Memory;
  /** IANA zone of device times without an offset. */
  readonly timezone: string;
}

/** What became of a message, and by which definition. */
export type Answer = Decoded & { readonly definition?: string };

interface Candidate {
  readonly definition: Definition;
  readonly captures: Readonly<Record<string, string>>;
}

/** How many topics are remembered with the definitions that know them. */
const topicsMax = 20_000;

/** Topic and bytes to readings in base units. Never throws: what cannot be read is rejected with a reason. */
export class Decoder {
  readonly #options: DecoderOptions;
  readonly #matchers: readonly (readonly [Definition, readonly TopicMatcher[]])[];
  readonly #candidates = new Map<string, readonly Candidate[]>();

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#matchers = options.definitions.map((definition) => [
      definition,
      definition.topics.map(compileTopic),
    ]);
  }

  decode(topic: string, bytes: Uint8Array, receivedAt: number): Answer {
    const native = decodeNative(topic, bytes);
    if (native.kind !== 'unknown') return native;
    const candidates = this.#candidatesOf(topic);
    if (candidates.length === 0) return unknown;
    const { memory, timezone } = this.#options;
    return read(topic, candidates, new Formats(bytes, payloadBytesMax(topic)), {
      receivedAt,
      timezone,
      memory,
    });
  }

  #candidatesOf(topic: string): readonly Candidate[] {
    let candidates = this.#candidates.get(topic);
    if (candidates === undefined) {
      candidates = this.#matchers.flatMap(([definition, matchers]) => {
        const captures = firstMatch(matchers, topic);
        return captures === undefined ? [] : [{ definition, captures }];
      });
      if (this.#candidates.size >= topicsMax) this.#candidates.clear();
      this.#candidates.set(topic, candidates);
    }
    return candidates;
  }
}

const firstMatch = (
  matchers: readonly TopicMatcher[],
  topic: string,
): Readonly<Record<string, string>> | undefined => {
  for (const matches of matchers) {
    const captures = matches(topic);
    if (captures !== undefined) return captures;
  }
  return undefined;
};

/** What a device may say at once; a webhook speaks for many. */
export const payloadBytesMax = (topic: string): number =>
  isHookTopic(topic) ? limits.hookPayloadBytesMax : limits.payloadBytesMax;

/** A payload in the formats that definitions ask for, each made once. */
class Formats {
  readonly bytes: Uint8Array;
  readonly #bytesMax: number;
  #text: string | Rejected | undefined;
  #json: { readonly value: unknown } | Rejected | undefined;

  constructor(bytes: Uint8Array, bytesMax: number) {
    this.bytes = bytes;
    this.#bytesMax = bytesMax;
  }

  get text(): string | Rejected {
    this.#text ??= toText(this.bytes, this.#bytesMax);
    return this.#text;
  }

  get json(): { readonly value: unknown } | Rejected {
    this.#json ??= typeof this.text === 'string' ? toJson(this.text) : this.text;
    return this.#json;
  }
}

const read = (
  topic: string,
  candidates: readonly Candidate[],
  formats: Formats,
  context: Context,
): Answer => {
  let failure: Rejected | undefined;
  for (const { definition, captures } of candidates) {
    const answer = offer(definition, formats, { topic, captures, context });
    if (answer === undefined) continue;
    if ('taken' in answer) return answer.taken;
    // A payload that is not in the format of a topic's own device is a fault; a catch-all may pass it by.
    if (!definition.topics.includes('{topic...}')) failure ??= answer.failed;
  }
  return failure ?? unknown;
};

type Offered = { readonly taken: Answer } | { readonly failed: Rejected } | undefined;

/** Gives a message to a definition in its format; `undefined` where it does not recognise it. */
const offer = (
  definition: Definition,
  formats: Formats,
  about: Omit<Incoming<unknown>, 'payload'>,
): Offered => {
  if (definition.format === 'bytes') {
    return ask(definition, formats.bytes, about);
  }
  if (definition.format === 'text') {
    const { text } = formats;
    return typeof text === 'string' ? ask(definition, trimmed(text), about) : { failed: text };
  }
  const { json } = formats;
  return 'kind' in json ? { failed: json } : ask(definition, json.value, about);
};

interface Reader<Payload> {
  readonly name: string;
  readonly recognises?: (payload: Payload) => boolean;
  readonly read: (incoming: Incoming<Payload>) => Decoded;
}

const ask = <Payload>(
  { name, recognises, read }: Reader<Payload>,
  payload: Payload,
  about: Omit<Incoming<unknown>, 'payload'>,
): Offered => {
  if (recognises !== undefined && !recognises(payload)) return undefined;
  const decoded = read({ ...about, payload });
  return decoded.kind === 'unknown' ? undefined : { taken: signed(decoded, name) };
};

/** Most messages are readings and nothing else, which need not be copied key by key. */
const signed = (decoded: Decoded, definition: string): Answer =>
  decoded.kind === 'readings' && decoded.doubts === undefined && decoded.rebirth === undefined
    ? { kind: 'readings', readings: decoded.readings, definition }
    : { ...decoded, definition };

/** collectd ends its text with NUL bytes; others with a line feed. */
const trimmed = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end).trim();
};
