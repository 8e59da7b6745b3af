import type { App } from './app.ts';

interface Path {
  readonly matches: RegExp;
  readonly methods: Set<string>;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `/sites/:site/now` and `/docs/*` as expressions. */
const toExpression = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : literal(part)))
      .join('/')}/?$`,
  );

/**
 * Remembers the methods of each path, so that a wrong method is told from a wrong path. To be called before there are
 * routes.
 * @returns the methods of a path, in order; none where no route has it
 */
export const trackMethods = (app: App): ((path: string) => readonly string[]) => {
  const paths = new Map<string, Path>();
  app.addHook('onRoute', ({ url, method }) => {
    // The route of all paths, which answers what browsers ask before a request.
    if (url === '*' || url === '/*') return;
    const path = paths.get(url) ?? { matches: toExpression(url), methods: new Set() };
    paths.set(url, path);
    for (const each of [method].flat()) path.methods.add(each);
  });
  return (path) => {
    const methods = new Set<string>();
    for (const each of paths.values()) {
      if (each.matches.test(path)) for (const method of each.methods) methods.add(method);
    }
    return [...methods].sort();
  };
};
