import { panelRule } from '../rule.ts';

/** A number without a unit is none. */
export const unit = panelRule('unit', ({ type, fieldConfig }) =>
  type !== 'text' && (fieldConfig?.defaults.unit ?? '') === ''
    ? ['has no unit; take it from the query (panels/unit.ts)']
    : [],
);
