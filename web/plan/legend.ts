import { h, s } from '../dom/element.ts';
import { t } from '../text/text.ts';
import type { SeatState } from './figures.ts';
import type { Layer } from './plan.ts';

const item = (mark: Node, text: string): HTMLElement => h('li', {}, mark, text);

const seatMark = (state: SeatState): SVGElement =>
  s(
    'svg',
    { class: 'ap-legend-mark', viewBox: '-10 -10 20 20', 'aria-hidden': 'true' },
    s(
      'g',
      { class: 'ap-seat', 'data-state': state },
      s('circle', { class: 'ap-seat-ring', r: 8 }),
      s('circle', { class: 'ap-seat-person', r: 3.4 }),
      s('text', { class: 'ap-seat-question', y: 4, 'font-size': 11 }, '?'),
    ),
  );

const loadMark = (load: string): SVGElement =>
  s(
    'svg',
    { class: 'ap-legend-mark', viewBox: '-10 -10 20 20', 'aria-hidden': 'true' },
    s('g', { class: 'ap-access-point', 'data-load': load }, s('circle', { class: 'ap-mark', r: 8 })),
  );

/** What the marks of a layer mean. */
export const planLegend = (layer: Layer): HTMLElement => {
  switch (layer) {
    case 'seats':
      return h(
        'ul',
        { 'aria-label': t.now.legend },
        item(seatMark('free'), t.free),
        item(seatMark('taken'), t.taken),
        item(seatMark('unknown'), t.unknown),
      );
    case 'wifi':
      return h(
        'div',
        {},
        h(
          'ul',
          { 'aria-label': t.now.legend },
          ...(['good', 'busy', 'full', 'unknown'] as const).map((load) =>
            item(loadMark(load), t.now.wifiLegend[load]),
          ),
        ),
        h('p', {}, t.now.nominal),
      );
    case 'people':
      return h('p', {}, t.now.peopleLegend);
    default:
      return h('p', {}, t.now.powerLegend);
  }
};
