import { h, setAttribute, setText } from '../dom/element.ts';
import { ago } from '../text/format.ts';
import { t } from '../text/text.ts';
import type { Context } from './context.ts';

/** Whether the figures are live, and how old they are where they are not. */
export const connectionStatus = ({ live, time }: Context): HTMLElement => {
  const state = h('span', { role: 'status' });
  const age = h('span', { class: 'ap-age' });
  const element = h('div', { class: 'ap-connection' }, h('span', { class: 'ap-dot' }), state, age);
  const show = (): void => {
    const { connection, freshAt } = live;
    setAttribute(element, 'data-connection', connection);
    setText(state, t.shell.connection[connection]);
    setText(
      age,
      freshAt === undefined
        ? ''
        : connection === 'live'
          ? time.seconds(freshAt)
          : t.shell.figuresOf(time.time(freshAt), ago(live.now - freshAt)),
    );
  };
  live.subscribe(show);
  show();
  return element;
};
