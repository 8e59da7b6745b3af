import { expect, test } from 'vitest';
import type { Publication } from './packet.ts';
import { sizeOf } from './packet.ts';
import { type SessionLimits, Sessions } from './sessions.ts';

const limits: SessionLimits = {
  awayMax: 3,
  awayMs: 1_000,
  filtersMax: 10,
  messagesMax: 3,
  bytesMax: 10_000,
  totalBytesMax: 12_000,
};

const sessionsOf = (changes: Partial<SessionLimits> = {}) => {
  const leftOut: string[] = [];
  return { leftOut, sessions: new Sessions({ ...limits, ...changes }, (client) => leftOut.push(client)) };
};

let counter = 0;
const message = (topic: string, changes: Partial<Publication> = {}): Publication => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from('x'),
  qos: 2,
  dup: false,
  retain: false,
  brokerCounter: ++counter,
  ...changes,
});

const enqueue = (sessions: Sessions, packet: Publication): void =>
  sessions.enqueue(packet, sessions.subscribers(packet.topic));

const topicsOf = (sessions: Sessions, client: string): string[] =>
  sessions.outgoing(client).map((packet) => (packet.cmd === 'publish' ? packet.topic : packet.cmd));

test('a message waits with the lower QoS of it and its subscription, once for all that match', () => {
  const { sessions } = sessionsOf();
  sessions.subscribe('a', { topic: 't/#', qos: 1 });
  sessions.subscribe('a', { topic: 't/+', qos: 1 });
  sessions.subscribe('b', { topic: 't/x', qos: 2 });
  sessions.subscribe('c', { topic: 't/x', qos: 0 });
  enqueue(sessions, message('t/x'));
  const waiting = ['a', 'b', 'c'].map((id) => sessions.outgoing(id));
  expect(waiting).toMatchObject([[{ qos: 1 }], [{ qos: 2 }], []]);
});

test('a session holds so many messages and bytes, and all of them together', () => {
  const { sessions, leftOut } = sessionsOf();
  sessions.subscribe('a', { topic: '#', qos: 1 });
  for (const topic of ['1', '2', '3', '4']) enqueue(sessions, message(topic));
  expect(topicsOf(sessions, 'a')).toEqual(['1', '2', '3']);
  expect(leftOut).toEqual(['a']);

  sessions.drop('a');
  expect(sessions.queuedBytes).toBe(0);
  sessions.subscribe('b', { topic: '#', qos: 1 });
  enqueue(sessions, message('large', { payload: Buffer.alloc(8_000) }));
  enqueue(sessions, message('too large', { payload: Buffer.alloc(1_000) }));
  expect(topicsOf(sessions, 'b')).toEqual(['large']);
  sessions.subscribe('c', { topic: 'x', qos: 1 });
  enqueue(sessions, message('x', { payload: Buffer.alloc(2_500) }));
  expect(topicsOf(sessions, 'c')).toEqual([]);
  // Where nobody has room, the first is told and the others are not looked at.
  expect(leftOut).toEqual(['a', 'b', 'b']);
});

test('what is acknowledged makes room, and nothing is left of its bytes', () => {
  const { sessions } = sessionsOf();
  sessions.subscribe('a', { topic: '#', qos: 2 });
  const first = message('1');
  const second = message('2', { payload: Buffer.alloc(500) });
  for (const packet of [first, second]) enqueue(sessions, packet);
  expect(sessions.queuedBytes).toBe(sizeOf(first) + sizeOf(second));
  sessions.update('a', { ...first, messageId: 7 });
  sessions.update('a', { ...second, messageId: 8 });
  sessions.update('a', { cmd: 'pubrel', messageId: 8 });
  expect(sessions.outgoing('a')).toMatchObject([
    { topic: '1', messageId: 7, dup: true },
    { cmd: 'pubrel', messageId: 8 },
  ]);
  // The payload of a message that the client has is not kept.
  expect(sessions.queuedBytes).toBe(sizeOf(first) + sizeOf({ ...second, payload: '' }));
  expect(sessions.clear('a', { messageId: 7 })).toMatchObject({ topic: '1' });
  expect(sessions.clear('a', { messageId: 7 })).toBeUndefined();
  sessions.clear('a', { messageId: 8 });
  expect([sessions.queuedBytes, sessions.outgoing('a')]).toEqual([0, []]);
});

test('a PUBREC or a PUBACK of nothing changes nothing', () => {
  const { sessions } = sessionsOf();
  sessions.update('a', { cmd: 'pubrel', messageId: 8 });
  expect(sessions.clear('a', { messageId: 8 })).toBeUndefined();
  expect(sessions.size).toBe(0);
});

test('of those that are away the one that went first goes first, and who came back stays', () => {
  const { sessions } = sessionsOf();
  const clients = ['a', 'b', 'c', 'd', 'e'];
  for (const client of clients) sessions.subscribe(client, { topic: client, qos: 1 });
  for (const client of clients.slice(0, 3)) sessions.leave(client, false, 0);
  sessions.resume('a');
  sessions.leave('d', false, 1);
  sessions.leave('e', false, 2);
  expect(clients.filter((client) => sessions.subscriptions(client).length > 0)).toEqual(['a', 'c', 'd', 'e']);
});

test('who is away for too long is forgotten, and a clean session at once', () => {
  const { sessions } = sessionsOf();
  for (const client of ['a', 'b', 'c']) sessions.subscribe(client, { topic: client, qos: 1 });
  sessions.leave('a', false, 0);
  sessions.leave('b', true, 500);
  expect(sessions.subscriptions('b')).toEqual([]);
  sessions.leave('c', false, 999);
  expect(sessions.subscriptions('a')).toHaveLength(1);
  sessions.leave('nobody', true, 1_000);
  expect([sessions.subscriptions('a'), sessions.size]).toEqual([[], 1]);
});

test('too many filters cost those their session who are away', () => {
  const { sessions } = sessionsOf();
  for (let index = 0; index < 6; index++) sessions.subscribe('away', { topic: `a/${index}`, qos: 1 });
  sessions.leave('away', false, 0);
  for (let index = 0; index < 4; index++) sessions.subscribe('here', { topic: `b/${index}`, qos: 1 });
  expect(sessions.subscriptions('away')).toHaveLength(6);
  sessions.subscribe('here', { topic: 'b/4', qos: 1 });
  expect([sessions.subscriptions('away').length, sessions.subscriptions('here').length]).toEqual([0, 5]);
  expect(sessions.subscribers('a/1').size).toBe(0);
});

test('packet ids of QoS 2 are known until they are released', () => {
  const { sessions } = sessionsOf();
  sessions.incoming('a').add(7);
  expect([sessions.hasCome('a', 7), sessions.hasCome('a', 8), sessions.hasCome('b', 7)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([sessions.release('a', 7), sessions.release('a', 7), sessions.release('b', 7)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(sessions.hasCome('a', 7)).toBe(false);
});
