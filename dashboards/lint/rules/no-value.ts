import { panelRule } from '../rule.ts';

/** An empty panel must not look like a zero: it says what is missing. */
export const noValue = panelRule('no-value', ({ type, fieldConfig }) =>
  type !== 'text' && (fieldConfig?.defaults.noValue ?? '') === ''
    ? ['has no text for "no value"; say what its absence means']
    : [],
);
