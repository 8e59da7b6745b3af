import { panelRule } from '../rule.ts';

/** A person must know from the panel alone what it shows and what to do about it. */
export const description = panelRule('description', ({ title = '', description: text = '' }) => [
  ...(title.trim() === '' ? ['has no title; name what it shows'] : []),
  ...(text.trim() === ''
    ? ['has no description; say what it shows and what to do about it']
    : text.trim().split(/[.:!?]\s/).length < 2
      ? ['has a description of one sentence; say what it shows and what to do about it']
      : []),
]);
