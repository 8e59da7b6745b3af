import { expect, test } from 'vitest';
import { board, findings, panel } from '../../../test/support/boards.ts';
import { description } from './description.ts';

test('a panel with a title, what it shows and what to do passes', () => {
  expect(findings(description, [board()])).toEqual([]);
});

test.each([
  [{ title: ' ' }, 'it/people.json: :description has no title; name what it shows'],
  [
    { description: '' },
    'it/people.json:People:description has no description; say what it shows and what to do about it',
  ],
  [
    { description: 'People who are here.' },
    'it/people.json:People:description has a description of one sentence; say what it shows and what to do about it',
  ],
])('%j is found', (changes, line) => {
  expect(findings(description, [board([panel(changes)])])).toEqual([line]);
});
