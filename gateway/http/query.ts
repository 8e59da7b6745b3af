import { z } from 'zod';
import { ApertoError } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { parseDuration } from './duration.ts';
import { parseInstant } from './instant.ts';
import { listNames } from './names.ts';

/** Query parameters of a route. One that does not exist is refused: a misspelt filter must not widen an answer. */
export const queryOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `no parameter ${issue.keys.map((key) => `"${key.slice(0, 64)}"`).join(', ')}; there are ${listNames(Object.keys(shape))}`
        : undefined,
  });

interface Wrong {
  readonly input?: unknown;
}

/** What is wrong with a parameter, and what is allowed. */
const expected =
  (what: string) =>
  ({ input }: Wrong): string => {
    if (input === undefined) return `is missing; expected ${what}`;
    return `${Array.isArray(input) ? 'is given more than once' : 'is wrong'}; expected ${what}`;
  };

/** One of a list of names. */
export const oneOf = <const Name extends string>(names: readonly Name[]) =>
  z.enum(names, { error: expected(`one of ${listNames(names)}`) });

const nameLengthMax = 256;

/** A name that the handler looks up. */
export const nameOf = (what: string) => z.string({ error: expected(what) }).max(nameLengthMax);

const parsed = (parse: (text: string) => number | undefined, what: string) =>
  z.string({ error: expected(what) }).transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: expected(what)({ input: text }) });
    return z.NEVER;
  });

export const instant = parsed(
  parseInstant,
  'an RFC 3339 date-time such as 2026-06-23T08:00:00Z or epoch milliseconds',
);

const everyMsMin = 1_000;
const everyMsMax = 7 * 24 * 3600 * 1000;
const inRange = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms >= everyMsMin && ms <= everyMsMax && Number.isInteger(ms) ? ms : undefined;

export const windowLength = parsed(
  (text) => inRange(parseDuration(text)),
  'an ISO 8601 duration of fixed length from PT1S to P7D, such as PT15M',
);

export const wholeNumber = (min: number, max: number) => {
  const error = `is wrong; expected a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
};

export const sitePath = z.object({ site: z.string().describe('Id of the site.') });

/** @throws ApertoError `not_found`, with the sites that there are */
export const findSite = (sites: ReadonlyMap<string, Site>, id: string): Site => {
  const site = sites.get(id);
  if (site === undefined) {
    throw new ApertoError('not_found', `no site "${id}"; there are ${listNames(sites.keys())}`);
  }
  return site;
};
