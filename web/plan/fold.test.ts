import { describe, expect, it } from 'vitest';
import { cutsOf, fold } from './fold.ts';

const zone = (from: number, to: number) => ({
  area: [
    [from, 0],
    [to, 0],
    [to, 14],
    [from, 14],
  ] as const,
});
const street = [zone(0, 30), zone(30, 60), zone(60, 90), zone(90, 120), zone(120, 150)];
const cuts = cutsOf(street, 150);
const room = { scaleMin: 9, gapPx: 8 };

describe('cutsOf', () => {
  it('cuts between zones, and never through one', () => {
    expect(cuts).toEqual([0, 30, 60, 90, 120, 150]);
    expect(cutsOf([zone(0, 40), zone(30, 60), zone(70, 100)], 100)).toEqual([0, 60, 70, 100]);
    expect(cutsOf([], 80)).toEqual([0, 80]);
  });
});

describe('fold', () => {
  it('makes one row where there is room for one alone', () => {
    const { strips, scale } = fold(cuts, 14, { ...room, widthPx: 1_800, heightPxMax: 400 });
    expect(strips).toEqual([{ from: 0, to: 150 }]);
    expect(scale).toBe(12);
  });

  it('makes as many rows as the height allows, all of one scale', () => {
    const { strips, scale } = fold(cuts, 14, { ...room, widthPx: 1_800, heightPxMax: 600 });
    expect(strips).toEqual([
      { from: 0, to: 90 },
      { from: 90, to: 150 },
    ]);
    expect(scale).toBe(20);
  });

  it('gives each zone a row on a phone, whatever the height: smaller shows no seats', () => {
    const { strips, scale } = fold(cuts, 14, { ...room, widthPx: 330, heightPxMax: 300 });
    expect(strips.map(({ to, from }) => to - from)).toEqual([30, 30, 30, 30, 30]);
    expect(scale).toBe(11);
  });

  it('covers the whole street once, however it is folded', () => {
    for (let widthPx = 200; widthPx < 4_000; widthPx += 150) {
      const { strips } = fold(cuts, 14, { ...room, widthPx, heightPxMax: 500 });
      expect(strips[0]?.from).toBe(0);
      expect(strips.at(-1)?.to).toBe(150);
      for (const [index, { to }] of strips.slice(0, -1).entries()) expect(strips[index + 1]?.from).toBe(to);
    }
  });
});
