import { h } from '../dom/element.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

export const renderDevices: RenderPage = () => ({
  element: h('div', {}, pageHead(t.devices.title, t.devices.lead)),
  close: () => undefined,
});
