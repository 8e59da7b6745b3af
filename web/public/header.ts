import { h } from '../dom/element.ts';
import { languageChoice, themeChoice } from '../shell/choices.ts';
import { t } from '../text/text.ts';

/** Where the page stands by itself: whose it is, language and appearance. */
export const makePublicHeader = (): HTMLElement =>
  h(
    'header',
    { class: 'ap-header' },
    h(
      'div',
      { class: 'ap-slim' },
      h(
        'div',
        { class: 'ap-width' },
        h('span', { class: 'ap-owner' }, `Aperto · ${t.shell.tagline}`),
        h('div', { class: 'ap-tools' }, languageChoice(), themeChoice()),
      ),
    ),
  );
