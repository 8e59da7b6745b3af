import { ApertoError } from '../../model/errors.ts';
import { decodeCursor, type Page } from './cursor.ts';
import { formatInstant } from './instant.ts';
import { instant, nameOf } from './query.ts';

const defaultSpanMs = 24 * 3600 * 1000;
/** Rows of a page where nobody says. */
export const defaultRows = 1_000;

/** Parameters of every answer that is told by time, in pages. */
export const pageParameters = {
  from: instant.optional().describe('First instant, inclusive; 24 hours before `to` where absent.'),
  to: instant.optional().describe('Last instant, exclusive; now where absent.'),
  cursor: nameOf('`next` of the page before').optional().describe('`next` of the page before.'),
};

export interface PageParameters {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly cursor?: string | undefined;
}

/**
 * The page that is asked for: where the cursor says, else from the beginning.
 * @param query name of the query, to which its cursors are bound
 * @throws ApertoError `usage`
 */
export const resolvePage = (query: string, { from, to, cursor }: PageParameters, now: number): Page => {
  if (cursor !== undefined) return decodeCursor(query, cursor);
  const end = to ?? now;
  const page = { from: from ?? Math.max(0, end - defaultSpanMs), to: end };
  if (page.from >= page.to) {
    throw new ApertoError(
      'usage',
      `from: ${formatInstant(page.from)} is not before to, ${formatInstant(end)}`,
    );
  }
  return page;
};

/** RFC 8288, relative to the request. */
export const nextLink = (url: string, cursor: string): string => {
  const [path = '', search = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(search);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters}>; rel="next"`;
};
