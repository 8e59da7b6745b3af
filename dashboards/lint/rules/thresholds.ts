import { panelRule } from '../rule.ts';

/** Where a person would act is marked; a figure that asks for nothing has one colour. */
export const thresholds = panelRule('thresholds', ({ type, fieldConfig }) => {
  if (type === 'text') return [];
  const steps = fieldConfig?.defaults.thresholds?.steps ?? [];
  if (steps.length === 0) return ['has no thresholds; say where to act, or "informative"'];
  const values = steps.map(({ value }) => value ?? Number.NEGATIVE_INFINITY);
  const rising = values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
  return values[0] === Number.NEGATIVE_INFINITY && rising
    ? []
    : [`has thresholds that do not rise from the lowest: ${values.join(', ')}`];
});
