import { h } from '../dom/element.ts';
import { t } from '../text/text.ts';
import type { Context, PageView } from './context.ts';
import { type Route, routeOf } from './routes.ts';

/** Shows the page of the address in `main`, and changes it without loading everything again. */
export class Router {
  readonly #context: Context;
  readonly #main: HTMLElement;
  readonly #onRoute: (route: Route) => void;
  #view: PageView | undefined;
  #turn = 0;

  constructor(context: Context, main: HTMLElement, onRoute: (route: Route) => void) {
    this.#context = context;
    this.#main = main;
    this.#onRoute = onRoute;
    document.addEventListener('click', (event) => this.#follow(event));
    window.addEventListener('popstate', () => void this.show(true));
  }

  /** @param isMove whether the focus goes to the page's title, as after following a link */
  async show(isMove: boolean): Promise<void> {
    const route = routeOf(location.pathname);
    if (route === undefined) return;
    const turn = ++this.#turn;
    this.#onRoute(route);
    const render = await route.load();
    if (turn !== this.#turn) return;
    this.#view?.close();
    this.#view = render(this.#context);
    this.#main.replaceChildren(this.#view.element);
    document.title = `${route.name} · ${this.#context.site.name}`;
    if (!isMove) return;
    window.scrollTo(0, 0);
    this.#main.querySelector('h1')?.focus();
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest('a');
    if (link === null || link.dataset.page === undefined) return;
    event.preventDefault();
    if (link.pathname !== location.pathname) history.pushState({}, '', link.href);
    void this.show(true);
  }
}

/** The title that every page begins with. */
export const pageHead = (title: string, lead?: string): HTMLElement =>
  h(
    'div',
    { class: 'ap-head' },
    h('h1', { tabindex: -1 }, title),
    lead === undefined ? undefined : h('p', { class: 'ap-lead' }, lead),
  );

export const loading = (): HTMLElement => h('p', { class: 'ap-loading', role: 'status' }, t.loading);
