import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ApertoError, type ErrorCode } from '../../model/errors.ts';
import { sendProblem } from './problem.ts';

interface Failure {
  readonly status: number;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

const later = 'try again later';

/** What a client is told of anything thrown. What failed inside is for the log alone. */
export const failureOf = (error: unknown): Failure => {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(
      ({ instancePath, message }) => `${instancePath.slice(1) || error.validationContext}: ${message}`,
    );
    return { status: 400, detail: issues.join('; ') };
  }
  if (error instanceof ApertoError) return apertoFailure(error);
  if (isFastifyError(error)) {
    if (error.code === 'FST_ERR_HANDLER_TIMEOUT')
      return { status: 503, detail: `no answer in time; ${later}` };
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return { status, detail: error.message };
  }
  if (isExposed(error))
    return { status: error.statusCode, detail: STATUS_CODES[error.statusCode] ?? 'refused' };
  return { status: 500, detail: 'internal error; the log says more' };
};

const apertoFailure = (error: ApertoError): Failure => {
  const status = statusOf(error.code);
  if (status < 500) return { status, detail: error.message };
  if (status === 500) return { status, detail: 'internal error; the log says more' };
  const detail = `${unavailable[error.code] ?? 'not available'}; ${later}`;
  return error.retryAfterMs === undefined
    ? { status, detail }
    : { status, detail, retryAfterMs: error.retryAfterMs };
};

const unavailable: Readonly<Partial<Record<ErrorCode, string>>> = {
  store_unavailable: 'the store does not answer',
  spool_full: 'the spool is full',
  closed: 'the server is closing',
};

const statusOf = (code: ErrorCode): number => {
  switch (code) {
    case 'usage':
      return 400;
    case 'not_found':
      return 404;
    case 'quarantined':
      return 422;
    case 'store_unavailable':
    case 'spool_full':
    case 'closed':
      return 503;
    case 'config':
    case 'address_in_use':
    case 'spool_failed':
    case 'store_rejected':
    case 'internal':
      return 500;
  }
};

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

/** A refusal by a plugin, as the package http-errors makes them; what a store answered to us is none. */
const isExposed = (error: unknown): error is Error & { readonly statusCode: number } =>
  error instanceof Error &&
  'expose' in error &&
  error.expose === true &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode >= 400 &&
  error.statusCode < 500;

/** Fastify's error handler: anything thrown becomes one problem, and a line in the log where it is our fault. */
export const sendFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { status, detail, retryAfterMs } = failureOf(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  if (retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  return sendProblem(reply, status, detail);
};
