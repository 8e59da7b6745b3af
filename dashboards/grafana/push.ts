import { dashboardSchema } from '../lint/dashboard.ts';
import type { GrafanaClient } from './client.ts';
import { compare, type Differences, isSame } from './compare.ts';

/** The folder that provisioning files make, too. */
export const folder = { uid: 'aperto', title: 'Aperto' } as const;

/** How a board of ours stands to the one that Grafana has. */
export type Standing =
  | { readonly uid: string; readonly state: 'new' | 'same' }
  | { readonly uid: string; readonly state: 'changed'; readonly differences: Differences };

export interface BoardWork {
  readonly client: Pick<GrafanaClient, 'ensureFolder' | 'read' | 'save'>;
  /** Boards as JSON text, by file name. */
  readonly boards: ReadonlyMap<string, string>;
  readonly onProgress?: (done: number, all: number, uid: string) => void;
}

/** Holds every board against Grafana's, and changes nothing. @throws ApertoError as the client does */
export const diffBoards = async ({ client, boards, onProgress }: BoardWork): Promise<readonly Standing[]> => {
  const standings: Standing[] = [];
  for (const dashboard of parsed(boards)) {
    onProgress?.(standings.length, boards.size, dashboard.uid);
    standings.push(await standingOf(client, dashboard));
  }
  onProgress?.(boards.size, boards.size, '');
  return standings;
};

/**
 * Puts into Grafana what is new or differs there; what is the same is left alone, so that Grafana's history of
 * versions tells of changes only.
 * @returns how each board stood before
 * @throws ApertoError as the client does; what was pushed before stays
 */
export const pushBoards = async ({ client, boards, onProgress }: BoardWork): Promise<readonly Standing[]> => {
  await client.ensureFolder(folder.uid, folder.title);
  const standings: Standing[] = [];
  for (const dashboard of parsed(boards)) {
    onProgress?.(standings.length, boards.size, dashboard.uid);
    const standing = await standingOf(client, dashboard);
    if (standing.state !== 'same') await client.save(dashboard, folder.uid);
    standings.push(standing);
  }
  onProgress?.(boards.size, boards.size, '');
  return standings;
};

const parsed = (boards: ReadonlyMap<string, string>) =>
  [...boards.values()].map((text) => dashboardSchema.parse(JSON.parse(text)));

const standingOf = async (
  client: Pick<GrafanaClient, 'read'>,
  dashboard: { readonly uid: string },
): Promise<Standing> => {
  const { uid } = dashboard;
  const there = await client.read(uid);
  if (there === undefined) return { uid, state: 'new' };
  const differences = compare(dashboard, there);
  return isSame(differences) ? { uid, state: 'same' } : { uid, state: 'changed', differences };
};

/** `aperto-energy-it: changed` and, indented, what differs. */
export const standingText = (standing: Standing): string => {
  if (standing.state !== 'changed') return `${standing.uid}: ${standing.state}`;
  const { added, removed, changed } = standing.differences;
  return [
    `${standing.uid}: changed`,
    ...added.map((name) => `  + ${name}`),
    ...removed.map((name) => `  - ${name}`),
    ...changed.map((name) => `  ~ ${name}`),
  ].join('\n');
};
