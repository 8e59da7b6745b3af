import { api } from '../api/client.ts';
import { h } from '../dom/element.ts';
import type { Context, PageView } from '../shell/context.ts';
import { type Part, part, type Rendered } from '../shell/part.ts';
import { type Period, type PeriodName, periodBar, periodOf } from '../shell/period.ts';
import { pageHead } from '../shell/router.ts';
import { t } from '../text/text.ts';

/** Windows are made some minutes after the fact; further behind than this is worth a word. */
const lagMsMax = 30 * 60_000;

export interface PeriodPart<Value> {
  load(period: Period): Promise<Value>;
  render(value: Value, period: Period): Rendered;
}

/** A page of figures of a time that the reader picks. */
export const periodPage = <Value>(
  context: Context,
  title: string,
  lead: string,
  { load, render }: PeriodPart<Value>,
): PageView => {
  let period = periodOf(context, 'today');
  const pick = (name: PeriodName): void => {
    period = periodOf(context, name);
    figures.refresh();
  };
  const figures: Part = part(
    async () => {
      const asked = period;
      const [value, rollups] = await Promise.all([load(asked), api.rollups()]);
      return { asked, value, rollups };
    },
    ({ asked, value, rollups }) => {
      const madeUpTo = Date.parse(rollups.find(({ site }) => site === context.site.id)?.watermark ?? '');
      const rendered = render(value, asked);
      if (!(context.live.now - madeUpTo > lagMsMax)) return rendered;
      const words = t.periodLag(context.time.short(madeUpTo));
      return { ...rendered, nodes: [h('p', { class: 'ap-notice' }, words), ...rendered.nodes] };
    },
  );
  return {
    element: h(
      'div',
      {},
      pageHead(title, lead),
      h('div', { class: 'ap-row ap-period' }, periodBar(period.name, pick)),
      figures.element,
    ),
    close: () => figures.close(),
  };
};
