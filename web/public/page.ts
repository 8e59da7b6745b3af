import { ApiError, api } from '../api/client.ts';
import type { PublicView } from '../api/types.ts';
import { h, setText } from '../dom/element.ts';
import { type IconName, icon } from '../dom/icon.ts';
import { openingText } from '../site/opening.ts';
import { ago, siteTime } from '../text/format.ts';
import { t } from '../text/text.ts';
import { seatPart, weatherText, zonePart } from './parts.ts';
import { usualPart } from './usual.ts';

const askEveryMs = 20_000;

/** What anybody may know of a site, asked again three times a minute while somebody looks. */
export class PublicPage {
  readonly #site: string;
  readonly #main: HTMLElement;
  readonly #status = h('p', { class: 'ap-updated', role: 'status' });
  #answered: { readonly view: PublicView; readonly at: number } | undefined;

  constructor(site: string, main: HTMLElement) {
    this.#site = site;
    this.#main = main;
  }

  async open(): Promise<void> {
    setInterval(() => {
      if (document.visibilityState === 'visible') void this.#ask();
    }, askEveryMs);
    setInterval(() => this.#showAge(false), 1_000);
    document.addEventListener('visibilitychange', () => void this.#ask());
    await this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      const { value, keptAt } = await api.publicView(this.#site);
      const isFirst = this.#answered === undefined;
      this.#answered = { view: value, at: keptAt ?? Date.now() };
      this.#show(value, isFirst);
      this.#showAge(keptAt !== undefined);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.#answered === undefined)
        this.#main.replaceChildren(
          h('h1', {}, 'Aperto'),
          h('p', {}, error.status === 404 ? error.message : t.public.gone),
        );
      else this.#showAge(true);
    }
  }

  #showAge(isLost: boolean): void {
    if (this.#answered === undefined) return;
    const { view, at } = this.#answered;
    const time = siteTime(view.timezone).time(Date.parse(view.time));
    const isStale = isLost || Date.now() - at > 3 * askEveryMs;
    // The age is told to the minute: a status that changes each second is noise.
    const minutesMs = Math.floor((Date.now() - at) / 60_000) * 60_000;
    const fresh = minutesMs === 0 ? t.public.fresh(time) : t.public.updated(time, ago(minutesMs));
    setText(this.#status, isStale ? t.public.stale(time) : fresh);
    this.#status.toggleAttribute('data-stale', isStale);
  }

  #show(view: PublicView, isFirst: boolean): void {
    const { name, city, timezone } = view;
    const now = Date.parse(view.time);
    document.title = t.public.title(name);
    const box = (title: string, mark: IconName, ...children: readonly (Node | string)[]) =>
      h('section', { class: 'ap-box' }, h('h2', {}, icon(mark), title), ...children);
    const content = h(
      'div',
      { class: 'ap-public' },
      h(
        'div',
        { class: 'ap-box ap-hero' },
        h('h1', {}, `${name}, ${city}`),
        h('p', { class: 'ap-lead' }, `${openingText(view, siteTime(timezone), now)}.`),
        seatPart(view),
      ),
      box(t.public.zones, 'seat', zonePart(view)),
      box(t.public.usual, 'people', usualPart(view.usual)),
      box(t.public.weather, 'weather', h('p', {}, weatherText(view))),
      box(t.public.wifi, 'wifi', h('p', {}, t.public.wifiStates[view.wifi.state])),
    );
    if (isFirst) this.#main.replaceChildren(content, this.#status, foot());
    else this.#main.firstElementChild?.replaceWith(content);
  }
}

const foot = (): HTMLElement =>
  h(
    'p',
    { class: 'ap-help ap-foot' },
    `${t.public.noPerson} `,
    h('a', { href: '/', target: '_top' }, t.public.board),
  );
