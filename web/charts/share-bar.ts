import { h, s } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import { t } from '../text/text.ts';

export interface SharePiece {
  readonly label: string;
  readonly colour: 'blue' | 'green' | 'amber' | 'red';
  /** 0 to 1; absent where it is not known. */
  readonly share: number | undefined;
  readonly value: string;
  readonly note: string;
}

/** A whole in its parts: a bar, and under it a table that says the same. */
export const shareBar = (title: string, pieces: readonly SharePiece[]): HTMLElement => {
  let at = 0;
  const bars = pieces.map(({ share = 0, colour }) => {
    const bar = s('rect', {
      class: `ap-colour-${colour}`,
      x: at * 100,
      y: 0,
      width: share * 100,
      height: 8,
      fill: 'currentColor',
    });
    at += share;
    return bar;
  });
  const svg = s(
    'svg',
    { class: 'ap-share-bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    ...bars,
  );
  const rows = pieces.map(({ label, colour, value, note }) => [
    h('span', {}, h('span', { class: `ap-key ap-colour-${colour}` }), label),
    value === '–' ? h('span', { class: 'ap-why' }, note) : value,
  ]);
  return h(
    'div',
    {},
    at > 0 ? svg : undefined,
    table({
      caption: title,
      hidesCaption: true,
      columns: [{ label: t.state }, { label: t.use.share, isNumber: true }],
      rows,
    }),
  );
};
