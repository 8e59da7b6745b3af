/** Server-sent events on the wire: HTML Living Standard §9.2, "Parsing an event stream". */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  /** Written as JSON, which never holds a line break. */
  readonly data: unknown;
}

export const formatEvent = ({ id, event, data }: SentEvent): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A line that readers skip: it keeps proxies from closing a quiet stream. */
export const formatComment = (text: string): string => `: ${text}\n\n`;

/** How long a reader waits before it connects again. */
export const formatRetry = (delayMs: number): string => `retry: ${delayMs}\n\n`;

export const eventStreamType = 'text/event-stream';
