import type { PublicView } from '../api/types.ts';
import { h, s } from '../dom/element.ts';
import { number } from '../text/format.ts';
import { language, t } from '../text/text.ts';

/** The one number that people come for. */
export const seatPart = ({ seats }: PublicView): HTMLElement => {
  const { seats: all, free, unknown = 0 } = seats;
  if (free === undefined || unknown === all)
    return h('div', { class: 'ap-free' }, h('p', { class: 'ap-free-words' }, t.public.unknown));
  const words = free === 0 ? t.public.noneFree : t.public.freeNow;
  return h(
    'div',
    { class: 'ap-free', 'data-free': free > 0 },
    free === 0 ? undefined : h('p', { class: 'ap-free-number' }, number(free)),
    h('p', { class: 'ap-free-words' }, words),
    h(
      'p',
      { class: 'ap-free-of' },
      t.public.of(number(all)),
      unknown === 0 ? '' : `; ${t.public.partly(number(unknown))}`,
    ),
  );
};

export const zonePart = ({ zones }: PublicView): HTMLElement =>
  h(
    'ul',
    { class: 'ap-zones' },
    ...zones.map(({ name, seats, free, taken = 0 }) =>
      h(
        'li',
        {},
        h('span', { class: 'ap-zone-title' }, name[language]),
        h(
          'span',
          {},
          free === undefined ? t.public.withheld : t.public.zoneFree(number(free), number(seats)),
        ),
        free === undefined ? undefined : seatBar(seats, free, taken),
      ),
    ),
  );

const seatBar = (seats: number, free: number, taken: number): SVGElement =>
  s(
    'svg',
    {
      class: 'ap-zone-bar',
      viewBox: `0 0 ${Math.max(1, seats)} 1`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    s('rect', { class: 'ap-zone-ground', width: seats, height: 1 }),
    s('rect', { class: 'ap-zone-free', width: free, height: 1 }),
    s('rect', { class: 'ap-zone-taken', x: free, width: taken, height: 1 }),
  );

export const weatherText = ({ weather }: PublicView): string => {
  const { temperature_c, wind_m_s, rain_mm_h } = weather;
  const words: string[] = [];
  if (temperature_c !== undefined) words.push(`${number(temperature_c, 1)} °C`);
  if (rain_mm_h !== undefined)
    words.push(rain_mm_h > 0 ? t.now.rain(`${number(rain_mm_h, 1)} mm/h`) : t.now.dry);
  if (wind_m_s !== undefined) words.push(t.now.wind(`${number(wind_m_s, 1)} m/s`));
  return words.length === 0 ? t.unknown : words.join(' · ');
};
