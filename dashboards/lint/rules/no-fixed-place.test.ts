import { expect, test } from 'vitest';
import { board, findings, panel, target } from '../../../test/support/boards.ts';
import { noFixedPlace } from './no-fixed-place.ts';

const of = (condition: string): string[] => {
  const query = `SELECT last("people") FROM "occupancy" WHERE ${condition} AND $timeFilter`;
  return findings(noFixedPlace, [board([panel({ targets: [target(query)] })])]);
};

test('places that the reader chooses pass', () => {
  expect(of(`"site" =~ /^\${site:regex}$/ AND "device" =~ /^\${seat:regex}$/`)).toEqual([]);
});

const where = 'it/people.json:People:no-fixed-place query A';

test.each([
  [`"site" = 'via-rossini'`, `names the site "via-rossini"; compare with /^\${variable:regex}$/`],
  ['"site" =~ /^via-.*$/', `names the site "^via-.*$"; compare with /^\${variable:regex}$/`],
  [
    `"site" =~ /^\${site:regex}$/ AND "device" = 'S07'`,
    `names the device "S07"; compare with /^\${variable:regex}$/`,
  ],
  ['"kind" = \'counter\'', 'mixes all sites; narrow it by the variable "site"'],
])('%s is found', (condition, message) => {
  expect(of(condition)).toEqual([`${where} ${message}`]);
});
