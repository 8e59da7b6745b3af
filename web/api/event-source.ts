import { EventParser, type ServerEvent } from './event-parser.ts';
import { authorization } from './session.ts';

export interface SourceListener {
  onOpen(serverTime: number): void;
  onEvent(event: ServerEvent): void;
  /** @param status of the refusal, 0 where the connection broke */
  onLost(status: number): void;
}

const delayMsMin = 1_000;
const delayMsMax = 15_000;
/** The server sends at least a comment every 15 s: a connection that is quieter is dead. */
const quietMsMax = 40_000;

/**
 * Reads the event stream and comes back whenever it breaks. The browser's own EventSource can show no token.
 * @returns how to stop
 */
export const readEvents = (url: string, listener: SourceListener): (() => void) => {
  let isClosed = false;
  let delayMs = delayMsMin;
  let timer = 0;
  let request = new AbortController();

  const connect = async (): Promise<void> => {
    clearTimeout(timer);
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const status = await readOnce(url, listener, request).catch(() => 0);
    // Whoever aborted it began another, or wants none.
    if (signal.aborted && signal.reason !== 'quiet') return;
    listener.onLost(status);
    delayMs = status === 200 ? delayMsMin : Math.min(delayMsMax, delayMs * 2);
    timer = window.setTimeout(connect, delayMs * (0.75 + Math.random() / 2));
  };
  const hurry = (): void => {
    if (!isClosed && document.visibilityState === 'visible' && timer !== 0) void connect();
  };
  window.addEventListener('online', hurry);
  void connect();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    request.abort();
    window.removeEventListener('online', hurry);
  };
};

/** @returns the status; 200 once a stream that was open has ended */
const readOnce = async (url: string, listener: SourceListener, request: AbortController): Promise<number> => {
  const response = await fetch(url, {
    headers: { ...authorization(), accept: 'text/event-stream' },
    signal: request.signal,
    cache: 'no-store',
  });
  if (!response.ok || response.body === null) return response.status;
  listener.onOpen(Date.parse(response.headers.get('date') ?? '') || Date.now());
  const parser = new EventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const watch = window.setTimeout(() => request.abort('quiet'), quietMsMax);
    const { done, value } = await reader.read().finally(() => clearTimeout(watch));
    if (done) return response.status;
    for (const event of parser.take(value)) listener.onEvent(event);
  }
};
