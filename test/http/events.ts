import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Entry, entrySchema } from '../../gateway/http/entry.ts';
import { eventually } from './eventually.ts';

export interface ReceivedEvent {
  readonly id: number;
  readonly event: string;
  readonly entries: readonly Entry[];
}

export interface EventReader {
  readonly response: Response;
  readonly events: readonly ReceivedEvent[];
  /** Lines that are no events: comments and `retry`. */
  readonly other: readonly string[];
  /** Resolves when the server ended the stream well, rejects when it was cut. */
  readonly ended: Promise<void>;
  /** Waits until there is an event of this name with such an entry. */
  waitFor(event: string, match: (entry: Entry) => boolean): Promise<Entry>;
  close(): void;
}

const data = z.union([entrySchema, z.array(entrySchema)]).transform((value) => [value].flat());

/** Reads a stream of server-sent events with a real fetch. */
export const readEvents = async (url: string): Promise<EventReader> => {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(url, { signal: abort.signal });
  expect(response.status).toBe(200);
  const events: ReceivedEvent[] = [];
  const other: string[] = [];
  const take = (block: string): void => {
    const event = parseEvent(block);
    if (event === undefined) other.push(block);
    else events.push(event);
  };
  const ended = readBlocks(response, take);
  ended.catch((error: unknown) => other.push(`cut: ${String(error)}`));
  const waitFor = (event: string, match: (entry: Entry) => boolean): Promise<Entry> =>
    eventually(() => {
      const entries = events
        .filter((received) => received.event === event)
        .flatMap((received) => received.entries);
      const found = entries.find(match);
      if (found === undefined) throw new Error(`no such ${event} event yet`);
      return found;
    });
  return { response, events, other, ended, waitFor, close: () => abort.abort() };
};

const readBlocks = async (response: Response, take: (block: string) => void): Promise<void> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) take(block);
  }
};

export const parseEvent = (block: string): ReceivedEvent | undefined => {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]));
  const value = (name: string): string => fields.get(name)?.slice(name.length + 2) ?? '';
  if (!fields.has('event')) return undefined;
  return { id: Number(value('id')), event: value('event'), entries: data.parse(JSON.parse(value('data'))) };
};
