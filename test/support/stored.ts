import { definitionOf, measurementNames } from '../../model/measurements.ts';
import type { RunningAperto } from './aperto.ts';

/** One stored value. */
export interface Stored {
  readonly device: string;
  /** `measurement tag field`, as `figuresOf` names it. */
  readonly figure: string;
  readonly time: number;
  readonly value: number;
}

interface Page {
  readonly series: readonly {
    readonly tags: Readonly<Record<string, string>>;
    readonly points: readonly (readonly [string, number])[];
  }[];
  readonly next?: string;
}

const ownTags = ['band', 'phase', 'target'] as const;

/** All values of a site in [from, to), in order of time within each series: read over HTTP as anybody would. */
export const storedValues = async (
  aperto: RunningAperto,
  site: string,
  from: number,
  to: number,
): Promise<readonly Stored[]> => {
  const stored: Stored[] = [];
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), limit: '10000' };
  for (const measurement of measurementNames) {
    for (const field of Object.keys(definitionOf(measurement).fields)) {
      const query = { measurement, field, ...span };
      for await (const page of pagesOf(aperto, site, query)) stored.push(...valuesOf(page, query));
    }
  }
  return stored;
};

async function* pagesOf(
  aperto: RunningAperto,
  site: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<Page> {
  let next: string | undefined;
  do {
    const parameters = new URLSearchParams(next === undefined ? query : { ...query, cursor: next });
    const page: Page = await aperto.get<Page>(`/api/v1/sites/${site}/series?${parameters}`);
    yield page;
    next = page.next;
  } while (next !== undefined);
}

const valuesOf = (
  { series }: Page,
  { measurement, field }: { readonly measurement: string; readonly field: string },
): readonly Stored[] =>
  series.flatMap(({ tags, points }) => {
    const own = ownTags.map((tag) => tags[tag]).filter((value) => value !== undefined);
    const figure = [measurement, ...own, field].join(' ');
    return points.map(([time, value]) => ({
      device: tags.device ?? '',
      figure,
      time: Date.parse(time),
      value,
    }));
  });
