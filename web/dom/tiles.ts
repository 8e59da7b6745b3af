import { h } from './element.ts';

/** Figures of a time, side by side: what it is, its value, and what stands behind it. */
export const figureTiles = (
  figures: readonly { readonly label: string; readonly value: string; readonly note: string }[],
): HTMLElement =>
  h(
    'dl',
    { class: 'ap-tiles ap-small-tiles' },
    ...figures.map(({ label, value, note }) =>
      h(
        'div',
        { class: 'ap-tile' },
        h('dt', { class: 'ap-tile-label' }, label),
        h('dd', { class: 'ap-figure' }, h('span', { class: 'ap-value' }, value)),
        h('dd', { class: 'ap-note' }, note),
      ),
    ),
  );
