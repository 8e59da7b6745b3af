import { type Children, h, setText } from './element.ts';
import { type IconName, icon } from './icon.ts';

let cards = 0;

/** A part of a page with its heading. */
export const card = (title: string, ...children: Children): HTMLElement => {
  const id = `ap-card-${++cards}`;
  return h('section', { class: 'ap-card', 'aria-labelledby': id }, h('h2', { id }, title), ...children);
};

export interface Tile {
  readonly element: HTMLElement;
  show(value: string, unit?: string, note?: string): void;
}

/** One figure that is read from afar. */
export const tile = (label: string, name?: IconName): Tile => {
  const value = h('span', { class: 'ap-value' });
  const unit = h('span', { class: 'ap-unit' });
  const note = h('p', { class: 'ap-note' });
  return {
    element: h(
      'div',
      { class: 'ap-tile' },
      h('h2', { class: 'ap-tile-label' }, name === undefined ? undefined : icon(name), label),
      h('p', { class: 'ap-figure' }, value, ' ', unit),
      note,
    ),
    show: (text, unitText = '', noteText = '') => {
      setText(value, text);
      setText(unit, unitText);
      setText(note, noteText);
    },
  };
};
