import { expect, it } from 'vitest';
import { formatComment, formatEvent, formatRetry } from '../../gateway/http/sse.ts';
import { EventParser } from './event-parser.ts';

it('reads what the server writes, wherever the network cuts it', () => {
  const text = [
    formatRetry(3_000),
    formatEvent({ id: '1', event: 'snapshot', data: [{ device: 'S01' }] }),
    formatComment('heartbeat'),
    formatEvent({ id: '2', event: 'reading', data: { name: 'città\n' } }),
  ].join('');
  const whole = new EventParser().take(text);
  expect(whole.map(({ event, data }) => [event, JSON.parse(data)])).toEqual([
    ['snapshot', [{ device: 'S01' }]],
    ['reading', { name: 'città\n' }],
  ]);
  for (let at = 0; at <= text.length; at++) {
    const parser = new EventParser();
    expect([...parser.take(text.slice(0, at)), ...parser.take(text.slice(at))]).toEqual(whole);
  }
});
