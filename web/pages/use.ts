import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderUse: RenderPage = () => ({
  element: h('div', {}, pageHead(t.use.title, t.use.lead)),
  close: () => undefined,
});
