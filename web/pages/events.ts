import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderEvents: RenderPage = () => ({
  element: h('div', {}, pageHead(t.events.title, t.events.lead)),
  close: () => undefined,
});
