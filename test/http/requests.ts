import { connect, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Problem, problemSchema } from '../../gateway/http/problem.ts';

/** Reads a body that must be of this shape, and holds nothing beside it. */
export const readJson = async <Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<z.output<Schema>> => {
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const body: unknown = await response.json();
  const parsed = schema.parse(body);
  expect(parsed).toEqual(body);
  return parsed;
};

/** Status of an answer whose body nobody wants. */
export const readStatus = async (url: string): Promise<number> => {
  const abort = new AbortController();
  const { status } = await fetch(url, { signal: abort.signal });
  abort.abort();
  return status;
};

/** Reads an error: RFC 9457, one line, no stack trace. */
export const readProblem = async (response: Response, status: number): Promise<Problem> => {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const body = z.strictObject(problemSchema.shape).parse(await response.json());
  expect(body.status).toBe(status);
  expect(body.detail).not.toMatch(/\n|\bat .+:\d+:\d+/);
  return body;
};

export interface RawClient {
  readonly socket: Socket;
  /** What came so far. */
  text(): string;
  readonly closed: Promise<void>;
}

/** A bare TCP connection, for what fetch would not send. */
export const openRaw = async (port: number, text: string): Promise<RawClient> => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  // A reset by the server is one of the ways in which a connection may end here.
  socket.on('error', () => socket.destroy());
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
  });
  socket.write(text);
  return { socket, text: () => Buffer.concat(chunks).toString(), closed };
};
