import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import './style/board.css';
import { api } from './api/client.ts';
import type { SiteSummary } from './api/types.ts';
import { h } from './dom/element.ts';
import { LiveStore } from './live/store.ts';
import type { Context } from './shell/context.ts';
import { failureBox } from './shell/failure.ts';
import { makeFooter } from './shell/footer.ts';
import { type Header, makeHeader } from './shell/header.ts';
import { Router } from './shell/router.ts';
import { theme } from './shell/theme.ts';
import { siteTime } from './text/format.ts';
import { language, t } from './text/text.ts';

const show = (header: Header, site: string | undefined): HTMLElement => {
  const main = h('main', { id: 'main', class: 'ap-width ap-main' });
  const skip = h(
    'a',
    {
      class: 'ap-skip',
      href: '#main',
      onclick: (event) => {
        event.preventDefault();
        main.querySelector('h1')?.focus();
      },
    },
    t.shell.skip,
  );
  document.body.replaceChildren(skip, header.element, main, makeFooter(site));
  return main;
};

const pick = (sites: readonly SiteSummary[]): SiteSummary | undefined => {
  const wanted = new URLSearchParams(location.search).get('site');
  return sites.find(({ id }) => id === wanted) ?? sites[0];
};

const start = async (): Promise<void> => {
  try {
    const sites = await api.sites();
    const summary = pick(sites);
    if (summary === undefined) throw new Error('no site');
    const site = await api.site(summary.id);
    const live = new LiveStore(site);
    const context: Context = { site, live, time: siteTime(site.timezone) };
    const header = makeHeader(context, sites);
    const router = new Router(context, show(header, site.id), (route) => header.mark(route));
    live.open();
    await router.show(false);
  } catch (error) {
    const main = show(makeHeader(undefined, []), undefined);
    main.replaceChildren(
      h('h1', { tabindex: -1 }, 'Aperto'),
      failureBox(error, () => location.reload()),
    );
  }
};

document.documentElement.lang = language;
theme.apply();
void start();
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/assets/worker.js', { scope: '/' });
