import { card, tile } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { choiceBar } from '../dom/switch.ts';
import { liveSource, type PlanSource } from '../plan/figures.ts';
import { planLegend } from '../plan/legend.ts';
import { type Layer, layers, PlanView, zooms } from '../plan/plan.ts';
import { makeReplay } from '../plan/replay.ts';
import { planTables } from '../plan/tables.ts';
import type { RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { openingText } from '../site/opening.ts';
import { t } from '../text/text.ts';
import { showTiles } from './now-tiles.ts';

/** What the place is like at this moment. */
export const renderNow: RenderPage = (context) => {
  const { site, live, time } = context;
  const now = liveSource(live);
  let source: PlanSource = now;
  let view: 'plan' | 'table' = 'plan';
  const tiles = {
    seats: tile(t.now.freeSeats, 'seat'),
    people: tile(t.now.peopleNow, 'people'),
    wifi: tile(t.now.wifiNow, 'wifi'),
    power: tile(t.now.powerNow, 'power'),
    weather: tile(t.now.weatherNow, 'weather'),
  };
  const opening = h('p', { class: 'ap-lead' });
  const plan = new PlanView(site, live, source);
  const legend = h('div', { class: 'ap-legend' });
  const scroller = h(
    'div',
    { class: 'ap-plan-scroll', role: 'region', 'aria-label': t.now.plan, tabindex: 0 },
    plan.element,
  );
  const tables = h('div', { hidden: true });

  const showLayer = (layer: Layer): void => {
    plan.setLayer(layer);
    legend.replaceChildren(planLegend(layer));
  };
  const setZoom = (step: number): void => {
    const at = zooms.indexOf(zoom);
    zoom = zooms[Math.max(0, Math.min(zooms.length - 1, at + step))] ?? 1;
    scroller.toggleAttribute('data-zoomed', zoom > 1);
    plan.setZoom(zoom);
  };
  let zoom: (typeof zooms)[number] = 1;
  const planTools = h(
    'span',
    { class: 'ap-row' },
    choiceBar(
      t.now.layer,
      layers.map((layer) => [layer, t.now.layers[layer]] as const),
      'seats',
      showLayer,
    ),
    h(
      'span',
      { class: 'ap-zoom', role: 'group', 'aria-label': t.now.zoom },
      h('button', { type: 'button', 'aria-label': t.now.zoomOut, onclick: () => setZoom(-1) }, '−'),
      h('button', { type: 'button', 'aria-label': t.now.zoomIn, onclick: () => setZoom(1) }, '+'),
    ),
  );
  const showTables = (): void => tables.replaceChildren(planTables(context, source));
  const setView = (next: 'plan' | 'table'): void => {
    view = next;
    for (const part of [scroller, legend, planTools]) part.hidden = view === 'table';
    tables.hidden = view === 'plan';
    if (view === 'table') showTables();
  };
  const replay = makeReplay(context, (moment) => {
    source = moment ?? now;
    plan.setSource(source);
    if (view === 'table') showTables();
  });
  const tools = h(
    'div',
    { class: 'ap-row ap-plan-tools' },
    planTools,
    choiceBar(
      t.viewAs,
      [
        ['plan', t.now.plan_view],
        ['table', t.table],
      ],
      'plan',
      setView,
    ),
  );

  const update = (): void => {
    setText(opening, openingText({ ...site, closed: site.calendar.closed }, time, live.now));
    showTiles(context, tiles);
    if (source === now) plan.update();
  };
  const stop = live.subscribe(update);
  // A table that changes under a reader's eyes is no table: once in ten seconds.
  const timer = window.setInterval(() => {
    if (view === 'table' && source === now && !tables.contains(document.activeElement)) showTables();
  }, 10_000);
  showLayer('seats');
  update();
  return {
    element: h(
      'div',
      {},
      pageHead(t.now.title),
      opening,
      h('div', { class: 'ap-tiles' }, ...Object.values(tiles).map(({ element }) => element)),
      card(
        t.now.plan,
        h('p', { class: 'ap-help' }, t.now.planHelp),
        tools,
        scroller,
        legend,
        tables,
        replay.element,
      ),
    ),
    close: () => {
      stop();
      clearInterval(timer);
      replay.close();
      plan.close();
    },
  };
};
