import { expect, test } from 'vitest';
import { board, findings, panel, target } from '../../../test/support/boards.ts';
import { tableTags } from './table-tags.ts';

const by = (tags: string, resultFormat: 'table' | 'time_series'): string[] => {
  const query = `SELECT last("clients") FROM "radio" WHERE $timeFilter GROUP BY ${tags}`;
  return findings(tableTags, [board([panel({ targets: [target(query, { resultFormat })] })])]);
};

test('a table by one tag, and lines by two, pass', () => {
  expect(by('"device"', 'table')).toEqual([]);
  expect(by('"device", "band"', 'time_series')).toEqual([]);
});

test('a table by two tags is found', () => {
  expect(by('"device", "band"', 'table')).toEqual([
    'it/people.json:People:table-tags query A makes a table by device and band; group by one tag',
  ]);
});
