import type { z } from 'zod';
import { redact } from '../../redact.ts';
import { type QuarantineReason, type Rejected, rejected } from '../decoded.ts';

/** For a `t` that is no time, or a date that no calendar has. */
export const badTime = (given = ''): Rejected =>
  rejected('bad_time', `t: not a time${given}; send RFC 3339 with an offset or epoch milliseconds`);

/** Turns the first zod issue of a payload into a quarantine reason and one line. Quotes numbers, never texts. */
export const reject = (error: z.ZodError): Rejected => {
  const issue = error.issues[0];
  if (issue === undefined) return rejected('wrong_type', 'the payload does not fit');
  const path = issue.path.length === 0 ? 'the payload' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return rejected('unknown_field', `${path}: ${keyText(issue.keys[0])} is no key of this kind`);
  }
  const given = typeof issue.input === 'number' ? ` (got ${issue.input})` : '';
  if (issue.path[0] === 't') return badTime(given);
  const message = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return rejected(reasonOf(issue), `${path}: ${message}${given}`);
};

const reasonOf = (issue: z.core.$ZodIssue): QuarantineReason => {
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return 'out_of_limits';
    default:
      return 'wrong_type';
  }
};

/** A key that looks like a field name may be shown; anything else could be a client's address. */
const keyText = (key = ''): string =>
  /^[a-z][a-z_0-9]{0,40}$/.test(key) && redact(Buffer.from(key)) === key ? `"${key}"` : 'a key';
