import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderAbout: RenderPage = () => ({
  element: h('div', {}, pageHead(t.about.title, t.about.lead)),
  close: () => undefined,
});
