import type { Site } from '../api/types.ts';
import { card } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import type { Change } from '../live/store.ts';
import type { Context, RenderPage } from '../shell/context.ts';
import { pageHead } from '../shell/router.ts';
import { number } from '../text/format.ts';
import { language, t } from '../text/text.ts';

const rowsMax = 100;

/** What the change means to people; `undefined` for one more reading of the same. */
const meaningOf = ({
  before,
  entry,
}: Change): { readonly text: string; readonly state: string } | undefined => {
  if (entry.measurement === 'device_health') return undefined;
  if (before?.state === 'live' && entry.state === 'unknown')
    return { text: t.events.fellSilent, state: 'bad' };
  if (before?.state === 'unknown' && before.time !== undefined && entry.state === 'live')
    return { text: t.events.backAgain, state: 'good' };
  const { occupied } = entry.fields;
  if (entry.kind !== 'seat' || before === undefined || occupied === before.fields.occupied) return undefined;
  return occupied === 1
    ? { text: t.events.seatTaken, state: 'warn' }
    : { text: t.events.seatFree, state: 'good' };
};

/** What happens while one looks, and what is in the calendar. */
export const renderEvents: RenderPage = (context) => {
  const { live, time, site } = context;
  const zones = new Map(site.zones.map(({ id, name }) => [id, name[language]]));
  let isHeld = false;
  const waiting = h('p', { class: 'ap-help' }, t.events.waiting);
  const list = h('ol', { class: 'ap-log', reversed: true, role: 'log', 'aria-label': t.events.log });
  const stop = live.onChange((change) => {
    const meaning = meaningOf(change);
    if (meaning === undefined || isHeld) return;
    const { device, kind, zone } = change.entry;
    waiting.hidden = true;
    list.prepend(
      h(
        'li',
        {},
        h('time', { datetime: new Date(change.at).toISOString() }, time.seconds(change.at)),
        h('strong', {}, device),
        h('span', { class: 'ap-state', 'data-state': meaning.state }, meaning.text),
        h('span', { class: 'ap-help' }, `${t.kinds[kind] ?? kind}, ${zones.get(zone) ?? zone}`),
      ),
    );
    while (list.children.length > rowsMax) list.lastElementChild?.remove();
  });
  const hold = h(
    'button',
    {
      type: 'button',
      class: 'btn btn-outline-primary btn-sm',
      onclick: () => {
        isHeld = !isHeld;
        setText(hold, isHeld ? t.events.resume : t.events.pause);
      },
    },
    t.events.pause,
  );
  return {
    element: h(
      'div',
      {},
      pageHead(t.events.title, t.events.lead),
      h(
        'div',
        { class: 'ap-cards' },
        card(
          t.events.log,
          h(
            'div',
            { class: 'ap-row ap-chart-tools' },
            h('span', { class: 'ap-help' }, t.events.logHelp),
            hold,
          ),
          waiting,
          list,
        ),
        card(t.events.calendar, calendarTable(site, context)),
      ),
    ),
    close: stop,
  };
};

const calendarTable = ({ calendar }: Site, { live, time }: Context): HTMLElement => {
  const today = time.parts(live.now).date;
  const days = [
    ...calendar.closed.map(({ date, name }) => ({ date, what: name[language], note: t.events.closed })),
    ...calendar.events.map(({ date, name, expected_people }) => ({
      date,
      what: name[language],
      note: t.events.expected(number(expected_people)),
    })),
  ]
    .filter(({ date }) => date >= today)
    .toSorted((a, b) => a.date.localeCompare(b.date));
  if (days.length === 0) return h('p', {}, t.events.calendarNone);
  return table({
    caption: t.events.calendar,
    hidesCaption: true,
    columns: [{ label: t.events.date }, { label: t.events.what }, { label: t.state }],
    rows: days.map(({ date, what, note }) => [time.date(Date.parse(`${date}T12:00:00Z`)), what, note]),
  });
};
