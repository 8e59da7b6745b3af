import type { PublicView } from '../api/types.ts';
import { h, s } from '../dom/element.ts';
import { percent } from '../text/format.ts';
import { t } from '../text/text.ts';

type Usual = PublicView['usual'];

const heightPx = 64;
const barPx = 12;

const wordOf = (share: number): string => {
  const { quiet, moderate, busy } = t.public.busyness;
  return share < 0.35 ? quiet : share < 0.7 ? moderate : busy;
};

/** How busy it usually is now, and over the day: bars, and the same as a list for those who cannot see them. */
export const usualPart = ({ weekday, hour, hours }: Usual): HTMLElement => {
  const now = hours.find((each) => each.hour === hour)?.occupied;
  const known = hours.filter(({ occupied }) => occupied !== undefined);
  const name = t.weekdays[weekday - 1] ?? '';
  const words =
    now === undefined
      ? h('p', {}, t.public.usualUnknown)
      : h(
          'p',
          { class: 'ap-usual' },
          h('strong', {}, wordOf(now)),
          ` · ${t.public.usualShare(percent(now))}`,
        );
  if (known.length === 0) return h('div', {}, words);
  const used = known.filter(({ occupied = 0 }) => occupied > 0.01).map((each) => each.hour);
  const first = Math.min(hour, ...used);
  const shown = hours.filter((each) => each.hour >= first && each.hour <= Math.max(hour, ...used));
  const bars = shown.map(({ hour: at, occupied = 0 }, index) =>
    s('rect', {
      class: at === hour ? 'ap-usual-now' : 'ap-usual-bar',
      x: index * barPx + 1,
      y: heightPx - Math.max(1, occupied * heightPx),
      width: barPx - 2,
      height: Math.max(1, occupied * heightPx),
      rx: 1.5,
    }),
  );
  const labels = shown.flatMap(({ hour: at }, index) =>
    at % 3 === 0
      ? [
          s(
            'text',
            { x: index * barPx + barPx / 2, y: heightPx + 12, 'text-anchor': 'middle', 'font-size': 9 },
            String(at),
          ),
        ]
      : [],
  );
  const list = h(
    'ul',
    { class: 'visually-hidden', 'aria-label': t.public.usualTable },
    ...shown.map(({ hour: at, occupied }) =>
      h('li', {}, `${at}:00 ${occupied === undefined ? t.unknown : percent(occupied)}`),
    ),
  );
  return h(
    'div',
    {},
    words,
    h('p', { class: 'ap-help' }, t.public.usualDay(name)),
    s(
      'svg',
      {
        class: 'ap-usual-chart',
        viewBox: `0 0 ${shown.length * barPx} ${heightPx + 14}`,
        'aria-hidden': 'true',
      },
      ...bars,
      ...labels,
    ),
    list,
  );
};
