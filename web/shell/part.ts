import { oldestKept } from '../api/client.ts';
import { h } from '../dom/element.ts';
import { ago } from '../text/format.ts';
import { locale, t } from '../text/text.ts';
import { failureBox } from './failure.ts';
import { loading } from './router.ts';

/** What was rendered, with what it does by itself. */
export interface Rendered {
  readonly nodes: readonly Node[];
  close?(): void;
}

export interface Part {
  readonly element: HTMLElement;
  /** Asks again; what is there stays until the answer comes. */
  refresh(): void;
  close(): void;
}

const refreshEveryMs = 120_000;

/** A part of a page that comes from the server, comes again every two minutes, and says so where it does not. */
export const part = <Value>(load: () => Promise<Value>, render: (value: Value) => Rendered): Part => {
  const element = h('div', { class: 'ap-part', 'aria-busy': 'true' }, loading());
  let rendered: Rendered | undefined;
  let turn = 0;
  const refresh = async (): Promise<void> => {
    const mine = ++turn;
    const askedAt = performance.now();
    element.setAttribute('aria-busy', 'true');
    try {
      const value = await load();
      if (mine !== turn) return;
      rendered?.close?.();
      rendered = render(value);
      element.replaceChildren(...keptNotice(oldestKept(askedAt)), ...rendered.nodes);
    } catch (error) {
      if (mine !== turn) return;
      rendered?.close?.();
      rendered = undefined;
      element.replaceChildren(failureBox(error, () => void refresh()));
    }
    element.setAttribute('aria-busy', 'false');
  };
  void refresh();
  // Not under the hands of one who reads a table in it.
  const timer = window.setInterval(() => {
    if (document.visibilityState === 'visible' && !element.contains(document.activeElement)) void refresh();
  }, refreshEveryMs);
  return {
    element,
    refresh: () => void refresh(),
    close: () => {
      turn = Number.POSITIVE_INFINITY;
      clearInterval(timer);
      rendered?.close?.();
    },
  };
};

/** Says so where the server did not answer and the figures are those of another time. */
const keptNotice = (keptAt: number | undefined): readonly HTMLElement[] => {
  if (keptAt === undefined) return [];
  const time = new Date(keptAt).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  return [h('p', { class: 'ap-notice', role: 'status' }, t.errors.kept(time, ago(Date.now() - keptAt)))];
};
