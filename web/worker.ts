/**
 * The service worker: the board opens without a server, and shows what it kept with the time at which it kept it.
 * What the server answers always comes first.
 */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(name: 'fetch', listener: (event: RequestEvent) => void): void;
}
declare const self: WorkerScope;

export {};

const pagesCache = 'aperto-pages';
/** Apart, so that signing out forgets it. */
const dataCache = 'aperto-data';
const keptHeader = 'x-aperto-kept-at';
const keptMsMax = 2 * 24 * 3600 * 1000;

const install = async (): Promise<void> => {
  const files: readonly string[] = await (await fetch('/assets/files.json')).json();
  const cache = await caches.open(pagesCache);
  const wanted = ['/', '/assets/icon.svg', ...files.map((file) => `/${file}`)];
  await cache.addAll(wanted);
  const paths = new Set(wanted);
  for (const request of await cache.keys()) {
    if (!paths.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  await self.skipWaiting();
};

const forgetOld = async (): Promise<void> => {
  const cache = await caches.open(dataCache);
  for (const request of await cache.keys()) {
    const keptAt = Number((await cache.match(request))?.headers.get(keptHeader));
    if (Date.now() - keptAt > keptMsMax) await cache.delete(request);
  }
};

const fromCache = async (request: Request): Promise<Response> =>
  (await caches.match(request)) ?? (await fetch(request));

const keep = async (request: Request, response: Response): Promise<void> => {
  const headers = new Headers(response.headers);
  headers.set(keptHeader, String(Date.now()));
  const cache = await caches.open(dataCache);
  await cache.put(request.url, new Response(await response.blob(), { headers }));
};

const fromServer = async (event: RequestEvent, kept: string, keeps: boolean): Promise<Response> => {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (keeps && response.ok) event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (error) {
    const found = await caches.match(kept);
    if (found === undefined) throw error;
    return found;
  }
};

/** What readers may see; never the quarantine, which holds payloads. */
const keptData = /^\/api\/v1\/(?:sites|rollups|ledger|devices)(?:\/|$)/;
const isKeptData = (path: string): boolean =>
  keptData.test(path) && !path.endsWith('/events') && !path.endsWith('/series');

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([self.clients.claim(), forgetOld()])),
);
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/assets/hashed/')) event.respondWith(fromCache(request));
  else if (isKeptData(pathname)) event.respondWith(fromServer(event, request.url, true));
  else if (request.mode === 'navigate' && !/^\/(?:docs|metrics|health|api)\b/.test(pathname))
    event.respondWith(
      fromServer(event, pathname.startsWith('/p/') ? request.url : '/', pathname.startsWith('/p/')),
    );
});
