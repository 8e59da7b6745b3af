import { choiceBar } from '../dom/switch.ts';
import { t } from '../text/text.ts';
import type { Context } from './context.ts';

export const periods = ['today', 'week', 'month'] as const;
export type PeriodName = (typeof periods)[number];

export interface Period {
  readonly name: PeriodName;
  /** Epoch milliseconds of a local midnight; the end is the present. */
  readonly from: number;
  /** Windows that a chart has. */
  readonly every: 'PT1H' | 'P1D';
}

const daysBack = { today: 0, week: 6, month: 29 } as const;

export const periodOf = ({ live, time }: Context, name: PeriodName): Period => ({
  name,
  from: time.midnight(live.now, daysBack[name]),
  every: name === 'today' ? 'PT1H' : 'P1D',
});

export const periodBar = (chosen: PeriodName, onPick: (name: PeriodName) => void): HTMLElement =>
  choiceBar(
    t.periods.label,
    periods.map((name) => [name, t.periods[name]] as const),
    chosen,
    onPick,
  );

/** How a chart names its windows. */
export const windowLabel =
  ({ time }: Context, { every }: Period) =>
  (at: number): string =>
    every === 'PT1H' ? time.time(at) : time.day(at);
