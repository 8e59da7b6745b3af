import { expect, test } from 'vitest';
import { board, findings, panel, target } from '../../../test/support/boards.ts';
import { languageParity } from './language-parity.ts';

const italian = panel({
  title: 'Persone',
  description: 'Persone presenti. Se sono troppe, aprire un varco.',
});
const it = board([italian]);
const en = (...panels: (typeof italian)[]) => board(panels, {}, 'en/people.json');

test('the same board in other words passes', () => {
  expect(findings(languageParity, [it, en(panel())])).toEqual([]);
});

test('a board in one language alone is found', () => {
  expect(findings(languageParity, [it])).toEqual(['it/people.json::language-parity has no en version']);
  expect(findings(languageParity, [en(panel())])).toEqual([
    'en/people.json::language-parity has no it version',
  ]);
});

test.each([
  [{ type: 'stat' }, 'is a timeseries here and a stat there'],
  [{ gridPos: { x: 1, y: 0, w: 12, h: 8 } }, 'lies elsewhere in the other language'],
  [{ targets: [target('SELECT 1')] }, 'asks something else in the other language'],
  [{ description: italian.description }, 'has the same description in both languages; translate it'],
  [{ id: 2 }, 'is missing in en/people.json'],
])('%j is found', (changes, message) => {
  expect(findings(languageParity, [it, en(panel(changes))])[0]).toBe(
    `it/people.json:Persone:language-parity ${message}`,
  );
});

test('a panel that only the other language has is found', () => {
  expect(findings(languageParity, [it, en(panel(), panel({ id: 9, title: 'More' }))])).toEqual([
    'en/people.json:More:language-parity is missing in it/people.json',
  ]);
});
