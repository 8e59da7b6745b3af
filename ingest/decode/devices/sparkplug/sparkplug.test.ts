import { describe, expect, it } from 'vitest';
import { Decoder } from '../../decoder.ts';
import { VolatileMemory } from '../../memory.ts';
import { readPayload } from './payload.ts';
import { encodeProto } from './proto.ts';
import { rebirthCommand } from './rebirth.ts';
import { sparkplug } from './sparkplug.ts';

const start = Date.parse('2026-06-23T08:00:00Z');

/** What a message makes the gateway ask for. */
const asker = () => {
  const decoder = new Decoder({
    definitions: [sparkplug],
    memory: new VolatileMemory(100),
    timezone: 'Europe/Rome',
  });
  return (type: string, payload: Record<string, unknown>, at = start) => {
    const answer = decoder.decode(`spBv1.0/street/${type}/edge`, encodeProto(payload), at);
    return 'rebirth' in answer ? answer.rebirth : undefined;
  };
};

const birth = { seq: 0, metrics: [{ name: 'Temperature', alias: 1, datatype: 9, floatValue: 20 }] };
const data = (seq: number, alias = 1) => ({ seq, metrics: [{ alias, floatValue: 21 }] });
const edge = { group: 'street', node: 'edge' };

describe('a wish for a rebirth', () => {
  it('rises where no birth was heard, and again after a minute', () => {
    const ask = asker();
    expect(ask('NDATA', data(4))).toEqual(edge);
    expect(ask('NDATA', data(5), start + 59_000)).toBeUndefined();
    expect(ask('NDATA', data(6), start + 60_000)).toEqual(edge);
  });

  it('does not rise while the numbers follow one another', () => {
    const ask = asker();
    expect(ask('NBIRTH', birth)).toBeUndefined();
    expect(ask('NDATA', data(1))).toBeUndefined();
    expect(ask('NDATA', data(1))).toBeUndefined();
    expect(ask('NDATA', data(2))).toBeUndefined();
  });

  it('rises at a gap, and rests once the node was born again', () => {
    const ask = asker();
    ask('NBIRTH', birth);
    expect(ask('NDATA', data(2))).toEqual(edge);
    ask('NBIRTH', birth);
    expect(ask('NDATA', data(1), start + 120_000)).toBeUndefined();
  });

  it('rises at an alias that the birth did not define', () => {
    const ask = asker();
    ask('NBIRTH', birth);
    expect(ask('NDATA', data(1, 77))).toEqual(edge);
  });
});

describe('the command for a rebirth', () => {
  it('names the metric as Boolean true and has neither alias nor sequence number', () => {
    const { topic, payload } = rebirthCommand(edge, start);
    expect(topic).toBe('spBv1.0/street/NCMD/edge');
    // Bytes by hand: timestamp (1), then one metric (2) of name (1), timestamp (3), type 11 (4) and true (14).
    const time = '8090f99bef33';
    const metric = `0a14${Buffer.from('Node Control/Rebirth').toString('hex')}18${time}200b7001`;
    const length = (metric.length / 2).toString(16);
    expect(Buffer.from(payload).toString('hex')).toBe(`08${time}12${length}${metric}`);
  });
});

it('a payload of many nested groups is refused, not followed', () => {
  expect(readPayload(new Uint8Array(60_000).fill(0x4b))).toMatchObject({ reason: 'not_understood' });
});
