import { describe, expect, test } from 'vitest';
import { viaRossini } from '../../test/support/via-rossini.ts';
import type { Delivery } from '../delivery.ts';
import { fleetDevices } from '../fleet-devices.ts';
import { messagesOf } from '../messages.ts';
import { native } from '../native.ts';
import { Seed } from '../random.ts';
import { schedule } from '../schedule.ts';
import { Street } from '../street.ts';
import { Faults } from './faults.ts';
import { faultNames } from './names.ts';

const from = Date.parse('2026-01-15T11:00:00+01:00');
const samples = [...schedule(new Street(viaRossini, 1), fleetDevices(viaRossini), from, from + 3_600_000)];
const clean: readonly Delivery[] = samples.flatMap((sample) => messagesOf('via-rossini', sample, native));

const run = (
  list: readonly string[],
  seed = 1,
): { out: Delivery[]; counts: Readonly<Record<string, number>> } => {
  const faults = new Faults(list, Seed.of(seed));
  const out = samples
    .flatMap((sample) => messagesOf('via-rossini', faults.distort(sample), native))
    .flatMap((message) => faults.deliver(message));
  return { out: [...out, ...faults.flush()], counts: faults.counts };
};
const keyOf = ({ topic, payload }: Delivery): string => `${topic} ${String(payload)}`;
const keys = (those: readonly Delivery[]): string[] => those.map(keyOf);
const fieldOf = ({ payload }: Delivery, field: string): number =>
  Number(new RegExp(`"${field}":(-?[0-9.e+]+)`).exec(String(payload))?.[1] ?? Number.NaN);

test('without faults nothing changes', () => {
  expect(run([])).toEqual({ out: clean, counts: {} });
});

test('an unknown name is refused with the names that there are', () => {
  expect(() => run(['chaos'])).toThrow(`unknown fault "chaos"; the faults are ${faultNames.join(', ')}`);
  expect(() => run(['garbage=2'])).toThrow('write a probability from 0 to 1, such as garbage=0.05');
  expect(() => run(['garbage='])).toThrow('write a probability');
  expect(faultNames.toSorted()).toEqual([
    'counter-reset',
    'disconnect',
    'duplicate',
    'garbage',
    'reorder',
    'silence',
    'skew',
  ]);
});

test.each(faultNames)('%s strikes the same messages with the same seed, others with another', (name) => {
  const list = [`${name}=0.01`];
  const [one, again, other] = [run(list), run(list), run(list, 2)];
  expect(keys(again.out)).toEqual(keys(one.out));
  expect(one.counts[name]).toBeGreaterThan(5);
  expect([keys(other.out), other.out.map(({ cut }) => cut)]).not.toEqual([
    keys(one.out),
    one.out.map(({ cut }) => cut),
  ]);
});

test('probability 0 never strikes, 1 always', () => {
  expect(run(faultNames.map((name) => `${name}=0`)).out).toEqual(clean);
  expect(run(['duplicate=1']).counts).toEqual({ duplicate: clean.length });
});

describe('what they do', () => {
  test('duplicate sends the same bytes twice', () => {
    const { out, counts } = run(['duplicate=0.05']);
    expect(counts.duplicate).toBeGreaterThan(100);
    expect(out.length).toBe(clean.length + (counts.duplicate ?? 0));
    expect(new Set(keys(out))).toEqual(new Set(keys(clean)));
  });

  test('reorder loses nothing and lets a message arrive after the next of its device', () => {
    const { out, counts } = run(['reorder=0.05']);
    expect(keys(out).toSorted()).toEqual(keys(clean).toSorted());
    const late = fleetDevices(viaRossini).flatMap(({ id }) => {
      const own = out.filter(({ device }) => device === id);
      return own.filter((message, index) => message.time < (own[index - 1]?.time ?? 0));
    });
    expect(counts.reorder).toBeGreaterThan(100);
    expect(late.length).toBeGreaterThan(0.8 * (counts.reorder ?? 0));
  });

  test('garbage sends bytes that are not JSON, wrong types and values that cannot be', () => {
    const { out, counts } = run(['garbage=0.05']);
    const before = new Set(keys(clean));
    const odd = out.filter((message) => !before.has(keyOf(message)));
    expect(odd.length).toBe(counts.garbage);
    expect(out.length).toBe(clean.length);
    const text = odd.flatMap(({ payload }) => (typeof payload === 'string' ? payload : []));
    expect(text.some((payload) => payload.includes('"plenty"'))).toBe(true);
    expect(text.some((payload) => payload.includes('1000000000000000000'))).toBe(true);
    expect(text.some((payload) => !payload.endsWith('}'))).toBe(true);
    const bytes = odd.flatMap(({ payload }) => (typeof payload === 'string' ? [] : payload));
    expect(bytes.length).toBeGreaterThan(5);
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    for (const payload of bytes) expect(() => utf8.decode(payload)).toThrow();
  });

  test('skew moves a clock by hours or to 1970 for ten minutes, and nothing else', () => {
    const { out, counts } = run(['skew=0.01']);
    const skews = out.map((message) => fieldOf(message, 't') - message.time);
    const wrong = skews.filter((skew) => skew !== 0);
    expect(wrong.length).toBe(counts.skew);
    expect(wrong.every((skew) => Math.abs(skew) >= 3_600_000)).toBe(true);
    expect(out.some((message) => fieldOf(message, 't') < 3_600_000)).toBe(true);
    const timeless = (those: readonly Delivery[]): string[] =>
      keys(those).map((key) => key.replace(/"t":-?\d+/, ''));
    expect(timeless(out)).toEqual(timeless(clean));
  });

  test('silence withholds all messages of a device for five to thirty minutes', () => {
    const { out, counts } = run(['silence=0.005']);
    expect(out.length).toBe(clean.length - (counts.silence ?? 0));
    const times = out.filter(({ topic }) => topic.endsWith('/meter/M2')).map(({ time }) => time);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? from)).filter((gap) => gap > 10_000);
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeGreaterThan(300_000);
  });

  test('counter-reset lets counters start from zero and leaves gauges alone', () => {
    const { out, counts } = run(['counter-reset=0.003']);
    expect(counts['counter-reset']).toBeGreaterThan(5);
    const drops = (those: readonly Delivery[], topic: string, field: string): number => {
      const values = those
        .filter((message) => message.topic.endsWith(topic))
        .map((message) => fieldOf(message, field));
      return values.filter((value, index) => value < 0.9 * (values[index - 1] ?? 0)).length;
    };
    const meters = viaRossini.meters.map(({ id }) => drops(out, `/meter/${id}`, 'energy_import_wh'));
    const before = viaRossini.meters.map(({ id }) => drops(clean, `/meter/${id}`, 'energy_import_wh'));
    expect(before.every((count) => count === 0)).toBe(true);
    expect(meters.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1);
    expect(
      out.every((message) => !/"(?:energy|in_total|tx_bytes)[a-z_]*":-/.test(String(message.payload))),
    ).toBe(true);
    const watts = (those: readonly Delivery[]): number[] =>
      those.map((message) => fieldOf(message, 'active_power_w'));
    expect(watts(out)).toEqual(watts(clean));
  });

  test('disconnect marks where the connection is cut', () => {
    const { out, counts } = run(['disconnect=0.01']);
    expect(keys(out)).toEqual(keys(clean));
    expect(out.filter(({ cut }) => cut).length).toBe(counts.disconnect);
  });
});
