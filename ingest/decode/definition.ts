import type { Decoded } from './decoded.ts';
import type { Memory } from './memory.ts';

/** What a definition may know beside the message. */
export interface Context {
  /** Epoch milliseconds by our clock. */
  readonly receivedAt: number;
  /** IANA zone of times that carry no offset. */
  readonly timezone: string;
  /** What earlier messages told: births, descriptions, units. Bounded, and kept over a restart. */
  readonly memory: Memory;
}

/** A message whose topic a definition knows. */
export interface Incoming<Payload> {
  readonly topic: string;
  /** Parts of the topic by the names of the pattern. */
  readonly captures: Readonly<Record<string, string>>;
  readonly payload: Payload;
  readonly context: Context;
}

interface DefinitionBase {
  /** `family/model`, e.g. `shelly-gen2/em`: shown with unknown devices and in metrics. */
  readonly name: string;
  /** The device in words that its buyer knows. */
  readonly title: string;
  /** Where its public documentation is: vendor's page or specification, as text. */
  readonly source: string;
  /**
   * Topic patterns: levels are literal, `{name}` (one level), `{name...}` (one or more levels), or literal text
   * with one `{name}` inside (`iwinfo-{interface}`). Webhooks come as `hooks/{source}`.
   */
  readonly topics: readonly string[];
}

/**
 * A payload that is JSON. `recognises` decides where the topic alone cannot; where it takes the topic and the memory
 * together to decide, `read` answers `unknown` and the next definition is asked.
 */
export interface JsonDefinition extends DefinitionBase {
  readonly format: 'json';
  readonly recognises?: (payload: unknown) => boolean;
  readonly read: (incoming: Incoming<unknown>) => Decoded;
}

/** A payload that is a scalar or a line of text (UTF-8, trailing NUL bytes and white space removed). */
export interface TextDefinition extends DefinitionBase {
  readonly format: 'text';
  readonly recognises?: (payload: string) => boolean;
  readonly read: (incoming: Incoming<string>) => Decoded;
}

/** A binary payload: protobuf, CBOR. */
export interface BytesDefinition extends DefinitionBase {
  readonly format: 'bytes';
  readonly recognises?: (payload: Uint8Array) => boolean;
  readonly read: (incoming: Incoming<Uint8Array>) => Decoded;
}

/** A device, or a family of them, as data: how to know its messages and what their fields mean. */
export type Definition = JsonDefinition | TextDefinition | BytesDefinition;
