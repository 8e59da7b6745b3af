import { api } from '../api/client.ts';
import type { KpiAnswer, Ledger, Quarantine, Rollups } from '../api/types.ts';
import { rowsOf, share } from '../charts/kpi.ts';
import { card } from '../dom/card.ts';
import { h } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import { devicesOf } from '../plan/figures.ts';
import type { Context, RenderPage } from '../shell/context.ts';
import { failureBox } from '../shell/failure.ts';
import { part } from '../shell/part.ts';
import { pageHead } from '../shell/router.ts';
import { number } from '../text/format.ts';
import { t } from '../text/text.ts';

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const quarantineRows = 25;
/** Under this share of its reports a device is missing some. */
const enough = 0.95;

interface Loaded {
  readonly ledger: Ledger;
  readonly reports: KpiAnswer;
  readonly rollups: Rollups;
}

/** How far the figures can be trusted: the books, the reports that came, and what could not be read. */
export const renderQuality: RenderPage = (context) => {
  const { id } = context.site;
  const figures = part<Loaded>(
    async () => {
      const from = Math.floor((context.live.now - dayMs) / hourMs) * hourMs;
      const [ledger, reports, rollups] = await Promise.all([
        api.ledger(),
        api.kpi(id, 'device_health', { from, by: 'device' }),
        api.rollups(),
      ]);
      return { ledger, reports, rollups };
    },
    (loaded) => ({
      nodes: [
        h(
          'div',
          { class: 'ap-cards' },
          card(t.quality.books, h('p', { class: 'ap-help' }, t.quality.booksHelp), books(loaded.ledger)),
          card(
            t.quality.reports,
            h('p', { class: 'ap-help' }, t.quality.reportsHelp),
            reportTable(context, loaded),
          ),
        ),
      ],
    }),
  );
  const quarantine = part(
    () => api.quarantine(quarantineRows),
    (page) => ({ nodes: [quarantineList(context, page)] }),
  );
  return {
    element: h(
      'div',
      {},
      pageHead(t.quality.title, t.quality.lead),
      figures.element,
      card(t.quality.quarantine, h('p', { class: 'ap-help' }, t.quality.quarantineHelp), quarantine.element),
    ),
    close: () => {
      figures.close();
      quarantine.close();
    },
  };
};

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const books = ({ received, stored, duplicate, spooled, quarantined, refused }: Ledger): HTMLElement => {
  const adds = received === stored + duplicate + spooled + sum(quarantined) + sum(refused);
  const reasons = (title: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([reason, count]) => [`${title}: ${reason}`, number(count)]);
  return h(
    'div',
    {},
    h(
      'p',
      {},
      h(
        'span',
        { class: 'ap-state', 'data-state': adds ? 'good' : 'bad' },
        adds ? t.quality.adds : t.quality.doesNotAdd,
      ),
    ),
    table({
      caption: t.quality.books,
      hidesCaption: true,
      columns: [{ label: t.state }, { label: t.quality.messages, isNumber: true }],
      rows: [
        [t.quality.received, number(received)],
        [t.quality.stored, number(stored)],
        [t.quality.duplicate, number(duplicate)],
        [t.quality.spooled, number(spooled)],
        [t.quality.quarantined, number(sum(quarantined))],
        ...reasons(t.quality.quarantined, quarantined),
        [t.quality.refused, number(sum(refused))],
        ...reasons(t.quality.refused, refused),
      ],
    }),
  );
};

/** Of each kind of device the mean share of reports that came, and how many devices miss some. */
const reportTable = ({ site, time }: Context, { reports, rollups }: Loaded): HTMLElement => {
  const watermark = rollups.find((rollup) => rollup.site === site.id)?.watermark;
  const shares = new Map(
    rowsOf(reports, { statistic: 'reports_share' }).map(({ device, seat, value }) => [device ?? seat, value]),
  );
  const kinds = [...new Set(site.devices.map(({ kind }) => kind))];
  return h(
    'div',
    {},
    table({
      caption: t.quality.reports,
      hidesCaption: true,
      columns: [
        { label: t.devices.kind },
        { label: t.use.share, isNumber: true },
        { label: t.quality.missing, isNumber: true },
      ],
      rows: kinds.map((kind) => {
        const own = devicesOf(site, kind);
        const known = own.map(({ id }) => shares.get(id)).filter((value) => value !== undefined);
        const mean = known.reduce((total, value) => total + value, 0) / known.length;
        const missing = known.filter((value) => value < enough).length;
        return [
          t.kinds[kind] ?? kind,
          known.length === 0 ? undefined : share(mean),
          known.length === 0 ? undefined : t.of(number(missing), number(own.length)),
        ];
      }),
    }),
    watermark === undefined
      ? undefined
      : h('p', { class: 'ap-help' }, `${t.quality.windows} ${time.short(Date.parse(watermark))}.`),
  );
};

const quarantineList = (context: Context, first: Quarantine): HTMLElement => {
  if (first.messages.length === 0) return h('p', {}, t.quality.quarantineEmpty);
  const pages = h('div', {}, messageTable(context, first));
  const foot = h('div');
  const more = async (before: number): Promise<void> => {
    try {
      const page = await api.quarantine(quarantineRows, before);
      pages.append(messageTable(context, page));
      showMore(page);
    } catch (error) {
      foot.replaceChildren(failureBox(error, () => void more(before)));
    }
  };
  const showMore = ({ next }: Quarantine): void => {
    foot.replaceChildren();
    if (next === undefined) return;
    foot.replaceChildren(
      h(
        'button',
        { type: 'button', class: 'btn btn-outline-primary', onclick: () => void more(next) },
        t.quality.more,
      ),
    );
  };
  showMore(first);
  return h('div', {}, pages, foot);
};

const messageTable = ({ time }: Context, { messages }: Quarantine): HTMLElement =>
  table({
    caption: t.quality.quarantine,
    hidesCaption: true,
    columns: [
      { label: t.time },
      { label: t.quality.topic },
      { label: t.quality.reason },
      { label: t.quality.payload },
    ],
    rows: messages.map(({ receivedAt, topic, reason, detail, payload }) => [
      time.short(Date.parse(receivedAt)),
      h('code', {}, topic),
      h('span', {}, h('strong', {}, reason), h('br'), detail),
      h('code', {}, payload.slice(0, 300)),
    ]),
  });
