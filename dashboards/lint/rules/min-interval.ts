import { panelRule } from '../rule.ts';

/** Windows shorter than the time between reports draw gaps that are none. */
export const minInterval = panelRule('min-interval', ({ targets, interval = '' }) =>
  targets.length > 0 && !/^\d+[smhd]$/.test(interval)
    ? ['has no minimum interval; give it one, such as 2m']
    : [],
);
