import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { alerting } from '../../test/support/alerts.ts';
import { viaRossini as site } from '../../test/support/via-rossini.ts';
import { lintAlerts } from '../lint/alerts.ts';
import { findingText } from '../lint/rule.ts';
import { bind } from './bind.ts';
import { buildAlerts } from './build.ts';

const built = buildAlerts({ site, alerting });

test('two builds are the same bytes, and those that are committed', async () => {
  expect([...buildAlerts({ site, alerting })]).toEqual([...built]);
  for (const [file, text] of built) {
    expect(await readFile(new URL(`../generated/${file}`, import.meta.url), 'utf8')).toBe(text);
  }
});

test('no file has a $, which Grafana would look for in its environment', () => {
  expect([...built.values()].filter((text) => text.includes('$'))).toEqual([]);
});

test('no alert asks for what the model does not have; one that does is found by its title', () => {
  expect(lintAlerts(built)).toEqual([]);
  const file = 'alerting/en/rules.yaml';
  const edited = new Map([[file, (built.get(file) ?? '').replaceAll('last_seen_age_s', 'last_heard_s')]]);
  const what = `known-fields query A reads the field "last_heard_s", which the model's measurement "device_health" does not have`;
  expect(lintAlerts(edited).map(findingText)).toEqual([
    `${file}:Access point down:${what}`,
    `${file}:Device silent:${what}`,
  ]);
});

test('both languages ask the same and hold it against the same', () => {
  const [first = '', second = ''] = ['it', 'en'].map((language) =>
    (built.get(`alerting/${language}/rules.yaml`) ?? '')
      .split('\n')
      .filter((line) => /^ *(query|params|- \d|for|interval|noDataState|type):? /.test(line))
      .join('\n'),
  );
  expect(first).toBe(second);
  expect(first.match(/query: SELECT/g)).toHaveLength(18);
});

test('a rule without a value for a variable is a fault, not a query that finds everything', () => {
  const query = {
    select: {
      from: 'power',
      columns: [],
      where: { device: { variable: 'feed' } },
      by: [],
      every: undefined,
      fill: 'none',
      bounds: [],
      told: [],
    },
    units: {},
  } as const;
  expect(() => bind(query, site, 60)).toThrow(
    expect.objectContaining({ code: 'config', message: 'an alert has no value for "feed"; bind it' }),
  );
});
