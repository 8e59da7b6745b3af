import { session } from '../api/session.ts';
import type { SiteSummary } from '../api/types.ts';
import { h } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { t } from '../text/text.ts';
import { choice, languageChoice, themeChoice } from './choices.ts';
import { connectionStatus } from './connection.ts';
import type { Context } from './context.ts';
import { type Route, routes } from './routes.ts';
import { openSignIn } from './sign-in.ts';

export interface Header {
  readonly element: HTMLElement;
  mark(route: Route): void;
}

/** Name of the place, how fresh the figures are, the pages, language, appearance and sign-in. */
export const makeHeader = (context: Context | undefined, sites: readonly SiteSummary[]): Header => {
  const links = routes.map(({ path, name }) =>
    h('a', { class: 'ap-nav-link', href: path + location.search, 'data-page': true }, name),
  );
  const list = h('ul', { id: 'ap-pages' }, ...links.map((link) => h('li', {}, link)));
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'ap-menu',
      'aria-expanded': 'false',
      'aria-controls': 'ap-pages',
      onclick: () => setOpen(toggle.getAttribute('aria-expanded') === 'false'),
    },
    icon('menu'),
    t.shell.menu,
  );
  const setOpen = (isOpen: boolean): void => {
    toggle.setAttribute('aria-expanded', String(isOpen));
    list.classList.toggle('ap-open', isOpen);
  };
  const name = context === undefined ? 'Aperto' : context.site.name;
  const element = h(
    'header',
    { class: 'it-header-wrapper ap-header' },
    h(
      'div',
      { class: 'ap-slim' },
      h(
        'div',
        { class: 'ap-width' },
        h('span', { class: 'ap-owner' }, context === undefined ? '' : `Comune di ${context.site.city}`),
        h(
          'div',
          { class: 'ap-tools' },
          ...siteChoice(context, sites),
          languageChoice(),
          themeChoice(),
          signInButton(),
        ),
      ),
    ),
    h(
      'div',
      { class: 'ap-center' },
      h(
        'div',
        { class: 'ap-width' },
        h(
          'a',
          { class: 'ap-brand', href: `/${location.search}`, 'data-page': true },
          h('img', { src: '/assets/icon.svg', alt: '', width: 44, height: 44 }),
          h(
            'span',
            {},
            h('span', { class: 'ap-brand-name' }, name),
            h('span', { class: 'ap-brand-line' }, t.shell.tagline),
          ),
        ),
        context === undefined ? undefined : connectionStatus(context),
      ),
    ),
    context === undefined
      ? undefined
      : h(
          'nav',
          { class: 'ap-nav', 'aria-label': t.shell.nav },
          h('div', { class: 'ap-width' }, toggle, list),
        ),
  );
  return {
    element,
    mark: ({ path }) => {
      setOpen(false);
      for (const [index, link] of links.entries()) {
        if (routes[index]?.path === path) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
  };
};

const siteChoice = (context: Context | undefined, sites: readonly SiteSummary[]): readonly HTMLElement[] => {
  if (context === undefined || sites.length < 2) return [];
  const options = sites.map(({ id, name, city }) => [id, `${name}, ${city}`] as const);
  return [
    choice(t.shell.site, context.site.id, options, (id) => {
      const address = new URL(location.href);
      address.searchParams.set('site', id);
      location.assign(address);
    }),
  ];
};

const signInButton = (): HTMLElement =>
  session.token === undefined
    ? h('button', { type: 'button', class: 'ap-sign', onclick: () => openSignIn() }, t.shell.signIn)
    : h(
        'button',
        {
          type: 'button',
          class: 'ap-sign',
          onclick: async () => {
            await session.signOut();
            location.reload();
          },
        },
        t.shell.signOut,
      );
