import { z } from 'zod';
import type { Clock } from '../../model/clock.ts';

/** What a server said to one HTTP request. */
export interface Reply {
  readonly status: number;
  /** The body, or its first part where it is long. */
  readonly body: string;
  /** Header `Retry-After` as it came. */
  readonly retryAfter?: string | undefined;
}

/** `error` is said by 1.x and 3, `message` by 2.x, `data` by 3 about each line that it did not take. */
const errorBody = z.object({
  error: z.string().optional(),
  message: z.string().optional(),
  data: z
    .array(z.object({ error_message: z.string() }))
    .optional()
    .catch(undefined),
});

/** The server's own words about what is wrong; `undefined` where the body has none. */
export const serverMessage = (body: string): string | undefined => {
  const { error, message, data = [] } = errorBody.safeParse(parseJson(body)).data ?? {};
  const words = [error, message, ...data.map((line) => line.error_message)].filter(
    (part) => part !== undefined,
  );
  return words.length === 0 ? undefined : words.join(': ');
};

/** The value that a text stands for; `undefined` where it is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** `Retry-After` in milliseconds: whole seconds or an HTTP date (RFC 9110 §10.2.3). */
export const retryAfterMs = (header: string | undefined, clock: Clock): number | undefined => {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
};

/** One line for a person: the server's words, or the beginning of whatever it sent. */
export const describeReply = ({ status, body }: Reply): string => {
  const words = serverMessage(body) ?? body.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  return words === '' ? `HTTP ${status}` : `HTTP ${status}: ${words}`;
};
