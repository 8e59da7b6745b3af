import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTopic, kinds, parseTopic, placedKinds, topicFilter } from './topic.ts';

const identifier = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
const native = fc.record({ site: identifier, kind: fc.constantFrom(...kinds), device: identifier });

test('a topic is written as the contract says', () => {
  expect(buildTopic({ site: 'via-rossini', kind: 'access-point', device: 'AP1' })).toBe(
    'aperto/1/via-rossini/access-point/AP1',
  );
});

test('what is built is read back', () => {
  fc.assert(
    fc.property(native, (parts) => {
      expect(parseTopic(buildTopic(parts))).toEqual(parts);
      expect(parseTopic(buildTopic(parts))).toEqual(parts);
    }),
  );
});

test('what is read is what was built, or it is not ours', () => {
  const level = fc.oneof(fc.constantFrom('aperto', '1', ...kinds), fc.string(), identifier);
  fc.assert(
    fc.property(fc.array(level, { maxLength: 7 }), (levels) => {
      const topic = levels.join('/');
      const parsed = parseTopic(topic);
      expect(parsed === undefined ? topic : buildTopic(parsed)).toBe(topic);
    }),
  );
});

test.each([
  '',
  '/',
  'aperto',
  'aperto/1/via-rossini/seat',
  'aperto/1/via-rossini/seat/S07/',
  '/aperto/1/via-rossini/seat/S07',
  'aperto/1/via-rossini/seat/S07/more',
  'aperto/2/via-rossini/seat/S07',
  'Aperto/1/via-rossini/seat/S07',
  'aperto/1/via-rossini/seats/S07',
  'aperto/1/via-rossini/toString/S07',
  'aperto/1//seat/S07',
  'aperto/1/via-rossini/seat/',
  'aperto/1/via-rossini/seat/-S07',
  'aperto/1/via-rossini/seat/S07\n',
  'aperto/1/via-rossini/seat/S\u000007',
  'aperto/1/via rossini/seat/S07',
  'aperto/1/via-rossini/seat/Ś07',
  'aperto/1/+/seat/S07',
  `aperto/1/via-rossini/seat/${'S'.repeat(65)}`,
  `aperto/1/${'v'.repeat(300)}/seat/S07`,
  '$SYS/broker/uptime',
])('%j is none of ours', (topic) => {
  expect(parseTopic(topic)).toBeUndefined();
  expect(parseTopic(topic)).toBeUndefined();
});

test('a filter has one level for each part of a topic', () => {
  expect(topicFilter()).toBe('aperto/1/+/+/+');
  expect(topicFilter('via-rossini')).toBe('aperto/1/via-rossini/+/+');
});

test('every kind but status is placed on a plan', () => {
  expect(kinds.filter((kind) => kind !== 'status')).toEqual([...placedKinds]);
});
