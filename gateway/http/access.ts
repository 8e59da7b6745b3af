import type { Scope } from '../credentials/kinds.ts';
import { boardPages } from './routes/board.ts';

/** What a route asks of whoever calls it. */
export type Access = 'public' | 'hook' | Scope;

/** The hooks ask for a secret of each sender's own. */
export const hookRoute = '/hooks/:source';
/** What holds no data: the board before it asks, the documentation, what a supervisor asks; and what is for everybody. */
const publicRoutes: ReadonlySet<string> = new Set([
  ...boardPages,
  '/p/:site',
  '/api/v1/sites/:site/public',
  '/health/live',
  '/health/ready',
  '/docs',
]);
const publicPrefixes = ['/docs/', '/assets/'];
/** Payloads as they came, of devices that nobody placed: more than figures. */
const operateRoutes: ReadonlySet<string> = new Set(['/api/v1/quarantine']);
const operatePrefix = '/api/v1/quarantine/';

/**
 * What it takes to call a route. What nobody thought of is closed to those who only read: whatever changes something.
 * @param route its pattern; `undefined` where there is none
 */
export const accessOf = (route: string | undefined, method: string): Access => {
  if (route === undefined) return 'read';
  if (route === hookRoute) return 'hook';
  if (publicRoutes.has(route) || publicPrefixes.some((prefix) => route.startsWith(prefix))) return 'public';
  if (operateRoutes.has(route) || route.startsWith(operatePrefix)) return 'operate';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'operate';
};
