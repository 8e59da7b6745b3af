import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { listenOnLoopback } from './loopback.ts';

interface Answer {
  readonly status: number;
  readonly body: object;
}

export interface ScriptedGrafana {
  readonly url: string;
  readonly token: string;
  readonly folders: Map<string, string>;
  /** What it holds, by uid. */
  readonly boards: Map<string, { readonly folder: string; readonly dashboard: Record<string, unknown> }>;
  /** Method and path of what it was asked, in order. */
  readonly asked: string[];
  /** Answers instead of it, where it returns something. */
  instead: (request: string) => Answer | undefined;
  stop(): Promise<void>;
}

const save = z.object({
  dashboard: z.looseObject({ id: z.null(), uid: z.string(), title: z.string() }),
  folderUid: z.string(),
  overwrite: z.boolean(),
});
const folderBody = z.object({ uid: z.string(), title: z.string() });

/**
 * A loopback server that answers as Grafana's documentation of its HTTP API says ("Dashboard API", "Folder API"):
 * there is no Grafana to run here. As Grafana does, it keeps a board with a number and a version of its own, and with
 * what its newer versions add.
 */
export const startScriptedGrafana = async (): Promise<ScriptedGrafana> => {
  const folders: ScriptedGrafana['folders'] = new Map();
  const boards: ScriptedGrafana['boards'] = new Map();
  const token = 'glsa_scripted_token';
  const state = {
    token,
    folders,
    boards,
    asked: [] as string[],
    instead: (() => undefined) as ScriptedGrafana['instead'],
  };

  const saveBoard = (given: unknown): Answer => {
    const { dashboard, folderUid, overwrite } = save.parse(given);
    if (!folders.has(folderUid)) return { status: 400, body: { message: 'folder not found' } };
    const known = boards.get(dashboard.uid);
    if (known !== undefined && !overwrite) {
      const message = 'A dashboard with the same uid already exists';
      return { status: 412, body: { message, status: 'name-exists' } };
    }
    const version = Number(known?.dashboard.version ?? 0) + 1;
    const kept = { ...dashboard, id: boards.size + 1, version, schemaVersion: 41 };
    boards.set(dashboard.uid, { folder: folderUid, dashboard: kept });
    const { uid } = dashboard;
    return { status: 200, body: { id: kept.id, uid, url: `/d/${uid}`, status: 'success', version } };
  };
  const readOne = (path: string): Answer => {
    const [, kind = '', uid = ''] = /^\/api\/(folders|dashboards\/uid)\/([^/]+)$/.exec(path) ?? [];
    const title = folders.get(uid);
    if (kind === 'folders' && title !== undefined) return { status: 200, body: { id: 1, uid, title } };
    const found = boards.get(uid);
    if (kind === 'folders' || kind === '' || found === undefined)
      return { status: 404, body: { message: 'Not found', status: 'not-found' } };
    return { status: 200, body: { dashboard: found.dashboard, meta: { folderUid: found.folder } } };
  };
  const answer = async (incoming: IncomingMessage): Promise<Answer> => {
    const { method, url = '', headers } = incoming;
    if (headers.authorization !== `Bearer ${token}`)
      return { status: 401, body: { message: 'Invalid API key' } };
    if (method === 'GET') return readOne(url);
    const given = await json(incoming);
    if (url === '/api/dashboards/db') return saveBoard(given);
    if (url !== '/api/folders') return { status: 404, body: { message: 'Not found' } };
    const { uid, title } = folderBody.parse(given);
    folders.set(uid, title);
    return { status: 200, body: { id: 1, uid, title } };
  };

  const server = createServer((incoming, outgoing) => {
    const request = `${incoming.method} ${incoming.url}`;
    state.asked.push(request);
    const told = state.instead(request);
    void (told === undefined ? answer(incoming) : Promise.resolve(told)).then(({ status, body }) => {
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  const port = await listenOnLoopback(server);
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
};
