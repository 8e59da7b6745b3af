import { type KpiId, kpis } from '../../kpi/kpis.ts';
import { card } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import { seatsOf } from '../plan/figures.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { number } from '../text/format.ts';
import { language, t } from '../text/text.ts';

/** What each number means, privacy in plain words, and how to reuse data and software. */
export const renderAbout: RenderPage = ({ site }) => {
  const page = `${location.origin}/p/${site.id}`;
  const frame = `<iframe src="${page}" title="${site.name}" width="100%" height="640"></iframe>`;
  const list = (items: readonly string[]) =>
    h('ul', { class: 'ap-list' }, ...items.map((item) => h('li', {}, item)));
  return {
    element: h(
      'div',
      {},
      pageHead(t.about.title, t.about.lead),
      h(
        'div',
        { class: 'ap-cards' },
        card(t.about.promises, list(t.about.promiseList)),
        card(t.about.privacy, list(t.about.privacyList)),
      ),
      card(t.about.definitions, definitions()),
      h(
        'div',
        { class: 'ap-cards' },
        card(
          t.about.reuse,
          h('p', {}, t.about.reuseData),
          h(
            'ul',
            { class: 'ap-list' },
            h('li', {}, h('a', { href: '/docs' }, t.about.apiDocs)),
            h('li', {}, h('a', { href: '/api/v1/ledger' }, t.about.ledger)),
            h('li', {}, h('a', { href: '/metrics' }, t.about.metrics)),
            h('li', {}, h('code', {}, t.about.exportHint)),
          ),
          h('p', {}, t.about.software),
        ),
        card(
          t.about.place,
          h(
            'p',
            {},
            `${site.name}, ${site.city}. ${t.about.placeSeats(number(seatsOf(site).length), number(site.zones.length))}`,
          ),
          h('h3', {}, t.about.embed),
          h('p', {}, h('a', { href: page }, page)),
          h('code', { class: 'ap-line' }, frame),
        ),
      ),
    ),
    close: () => undefined,
  };
};

const isKpi = (id: string): id is KpiId => Object.hasOwn(kpis, id);

const definitions = (): HTMLElement =>
  table({
    caption: t.about.definitions,
    hidesCaption: true,
    columns: [{ label: t.about.figure }, { label: t.about.meaning }, { label: t.about.unit }],
    rows: Object.keys(kpis)
      .filter(isKpi)
      .map((id) => {
        const { description, unit } = kpis[id];
        return [
          h('code', {}, id),
          description[language],
          unit === '1' ? t.about.shares : (t.units[unit] ?? unit),
        ];
      }),
  });
