import { h } from '../dom/element.ts';
import { t } from '../text/text.ts';

export const makeFooter = (site: string | undefined): HTMLElement => {
  const search = location.search;
  const links: (readonly [string, string, boolean])[] = [
    ['/about', t.shell.privacy, true],
    ['/docs', t.shell.openData, false],
    ['/health/ready', t.shell.health, false],
  ];
  if (site !== undefined) links.unshift([`/p/${site}`, t.shell.public, false]);
  return h(
    'footer',
    { class: 'ap-footer' },
    h(
      'div',
      { class: 'ap-width' },
      h('p', {}, t.shell.noPerson),
      h(
        'ul',
        {},
        ...links.map(([href, text, isPage]) =>
          h('li', {}, h('a', { href: isPage ? href + search : href, 'data-page': isPage }, text)),
        ),
        h('li', {}, h('span', {}, t.shell.licence)),
      ),
    ),
  );
};
