import { api } from '../api/client.ts';
import { h, setText } from '../dom/element.ts';
import type { Context } from '../shell/context.ts';
import { failureBox } from '../shell/failure.ts';
import { number } from '../text/format.ts';
import { t } from '../text/text.ts';
import { DayOfSeats, stepOf } from './day.ts';
import { countSeats, type PlanSource, seatsOf } from './figures.ts';

const playEveryMs = 250;
const daysBack = 30;

export interface Replay {
  readonly element: HTMLElement;
  close(): void;
}

/**
 * Looks at a day again, a quarter of an hour at a time.
 * @param onMoment is given what the plan is to show; nothing where it is to show the present
 */
export const makeReplay = (context: Context, onMoment: (source: PlanSource | undefined) => void): Replay => {
  const { site, live, time } = context;
  let day: DayOfSeats | undefined;
  let timer = 0;
  const choice = h(
    'select',
    { id: 'ap-day', class: 'form-select' },
    ...Array.from({ length: daysBack }, (_, ago) => {
      const midnight = time.midnight(live.now, ago);
      return h('option', { value: midnight }, ago === 0 ? t.periods.today : time.day(midnight));
    }),
  );
  const slider = h('input', {
    id: 'ap-moment',
    type: 'range',
    min: 0,
    max: 0,
    value: 0,
    oninput: () => showMoment(),
  });
  const words = h('output', { for: 'ap-moment', class: 'ap-moment' });
  const play = h(
    'button',
    { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => togglePlay() },
    t.now.replay.play,
  );
  const panel = h(
    'div',
    { class: 'ap-row ap-replay-panel', hidden: true },
    play,
    h('label', { for: 'ap-moment', class: 'visually-hidden' }, t.now.replay.time),
    slider,
    words,
    h(
      'button',
      { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => leave() },
      t.now.replay.back,
    ),
  );
  const notice = h('div', { 'aria-live': 'polite' });

  const showMoment = (): void => {
    if (day === undefined) return;
    const step = Number(slider.value);
    const source = day.at(step);
    const { free, taken } = countSeats(seatsOf(site), source);
    const when = `${time.day(day.timeOf(step))}, ${time.time(day.timeOf(step))}`;
    slider.setAttribute('aria-valuetext', when);
    setText(words, `${when} · ${number(free)} ${t.freeMany}, ${number(taken)} ${t.takenMany}`);
    onMoment(source);
  };
  const stopPlay = (): void => {
    clearInterval(timer);
    timer = 0;
    setText(play, t.now.replay.play);
  };
  const togglePlay = (): void => {
    if (timer !== 0) {
      stopPlay();
      return;
    }
    setText(play, t.now.replay.pause);
    timer = window.setInterval(() => {
      const next = Number(slider.value) + 1;
      if (next > Number(slider.max)) return stopPlay();
      slider.value = String(next);
      showMoment();
    }, playEveryMs);
  };
  const leave = (): void => {
    stopPlay();
    day = undefined;
    panel.hidden = true;
    notice.replaceChildren();
    onMoment(undefined);
  };
  const load = async (): Promise<void> => {
    stopPlay();
    const from = Number(choice.value);
    const to = Math.min(live.now, time.midnight(from + 36 * 3_600_000));
    notice.replaceChildren(h('p', {}, t.loading));
    try {
      day = await DayOfSeats.read(api, site, { from, to, stepMs: stepOf(seatsOf(site).length) });
    } catch (error) {
      notice.replaceChildren(failureBox(error, () => void load()));
      return;
    }
    if (day.isEmpty) {
      leave();
      notice.replaceChildren(h('p', {}, t.now.replay.none));
      return;
    }
    slider.max = String(day.steps - 1);
    slider.value = String(day.firstStep);
    panel.hidden = false;
    notice.replaceChildren(h('p', { class: 'ap-past' }, t.now.replay.showing(time.date(from))));
    showMoment();
  };

  const element = h(
    'details',
    { class: 'ap-replay' },
    h('summary', {}, t.now.replay.title),
    h(
      'div',
      { class: 'ap-row' },
      h('label', { for: 'ap-day' }, t.now.replay.day),
      choice,
      h(
        'button',
        { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void load() },
        t.now.replay.load,
      ),
    ),
    notice,
    panel,
  );
  return { element, close: stopPlay };
};
