import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderQuality: RenderPage = () => ({
  element: h('div', {}, pageHead(t.quality.title, t.quality.lead)),
  close: () => undefined,
});
