import { describe, expect, test } from 'vitest';
import { aggregateQuery, identifier, latestQuery, literal, rangeQuery } from './influxql.ts';

test.each([
  ['people', '"people"'],
  ['a "b"', '"a \\"b\\""'],
  ['back\\slash', '"back\\\\slash"'],
  ['\\"', '"\\\\\\""'],
  ['two\nlines', '"two\\nlines"'],
])('the name %j', (name, escaped) => {
  expect(identifier(name)).toBe(escaped);
});

test.each([
  ["l'oro", "'l\\'oro'"],
  ['a "b"', '\'a "b"\''],
  ["\\'; DROP", "'\\\\\\'; DROP'"],
])('the text %j', (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});

const bounds = { tags: {}, from: 5, to: 10 };

describe('statements', () => {
  test('a range', () => {
    expect(rangeQuery({ measurement: 'radio', field: 'clients', ...bounds, tags: { band: '5' } })).toBe(
      'SELECT "clients", "site", "zone", "device", "band" FROM "radio" ' +
        'WHERE "band" = \'5\' AND time >= 5ms AND time <= 9ms ORDER BY time',
    );
  });

  test('an aggregate', () => {
    const source = { measurement: 'power', field: 'voltage_v', ...bounds, aggregation: 'max' } as const;
    expect(aggregateQuery({ ...source, everyMs: 60_000, by: ['phase'], rowsMax: 3 })).toBe(
      'SELECT "value", "phase" FROM (SELECT max("voltage_v") AS "value" FROM "power" ' +
        'WHERE time >= 5ms AND time <= 9ms GROUP BY time(60000ms), "phase" fill(none)) ORDER BY time LIMIT 3',
    );
  });

  test('the latest', () => {
    expect(latestQuery('probe', 's', 7)).toBe(
      'SELECT "latency_ms", "jitter_ms", "loss_pct" FROM "probe" WHERE "site" = \'s\' AND time >= 7ms ' +
        'GROUP BY "site", "zone", "device", "target" ORDER BY time DESC LIMIT 1',
    );
  });
});
