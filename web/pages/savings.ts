import type { KpiAnswer, Site } from '../api/types.ts';
import { figureCell } from '../charts/kpi.ts';
import { h } from '../dom/element.ts';
import { table } from '../dom/table.ts';
import { number } from '../text/format.ts';
import { language, t } from '../text/text.ts';

const items = ['travel', 'telephone', 'licences', 'energy', 'total'] as const;
const statistics = ['low', 'expected', 'high'] as const;

/** An estimate is shown with what it assumes, and why. */
export const savingsTables = (site: Site, savings: KpiAnswer): HTMLElement => {
  const columns = statistics.map((statistic) => ({ label: t.energy[statistic], isNumber: true }));
  const assumptions = Object.values(site.savings ?? {}).filter(
    (assumption) => typeof assumption === 'object',
  );
  return h(
    'div',
    {},
    h('p', { class: 'ap-help' }, t.energy.savingsHelp),
    table({
      caption: t.energy.savings,
      hidesCaption: true,
      columns: [{ label: t.energy.item }, ...columns],
      rows: items.map((item) => [
        t.energy.items[item] ?? item,
        ...statistics.map((statistic) => figureCell(savings, { item, statistic })),
      ]),
    }),
    assumptions.length === 0
      ? undefined
      : h(
          'details',
          {},
          h('summary', {}, t.energy.assumption),
          table({
            caption: t.energy.assumption,
            hidesCaption: true,
            columns: [{ label: t.energy.assumption }, ...columns],
            rows: assumptions.map(({ because, low, expected, high }) => [
              because[language],
              ...[low, expected, high].map((value) => number(value, 2, 0)),
            ]),
          }),
        ),
  );
};
