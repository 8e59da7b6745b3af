import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderWifi: RenderPage = () => ({
  element: h('div', {}, pageHead(t.wifi.title, t.wifi.lead)),
  close: () => undefined,
});
