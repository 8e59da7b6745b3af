import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderEnergy: RenderPage = () => ({
  element: h('div', {}, pageHead(t.energy.title, t.energy.lead)),
  close: () => undefined,
});
