import { t } from '../text/text.ts';
import type { RenderPage } from './context.ts';

export interface Route {
  readonly path: string;
  readonly name: string;
  load(): Promise<RenderPage>;
}

/** The pages of the board; the server knows their paths. Each comes when it is looked at. */
export const routes: readonly Route[] = [
  { path: '/', name: t.nav.now, load: async () => (await import('../pages/now.ts')).renderNow },
  { path: '/use', name: t.nav.use, load: async () => (await import('../pages/use.ts')).renderUse },
  { path: '/wifi', name: t.nav.wifi, load: async () => (await import('../pages/wifi.ts')).renderWifi },
  {
    path: '/energy',
    name: t.nav.energy,
    load: async () => (await import('../pages/energy.ts')).renderEnergy,
  },
  {
    path: '/devices',
    name: t.nav.devices,
    load: async () => (await import('../pages/devices.ts')).renderDevices,
  },
  {
    path: '/events',
    name: t.nav.events,
    load: async () => (await import('../pages/events.ts')).renderEvents,
  },
  {
    path: '/quality',
    name: t.nav.quality,
    load: async () => (await import('../pages/quality.ts')).renderQuality,
  },
  { path: '/about', name: t.nav.about, load: async () => (await import('../pages/about.ts')).renderAbout },
];

const [first] = routes;

export const routeOf = (path: string): Route | undefined =>
  routes.find((route) => route.path === path) ?? first;
