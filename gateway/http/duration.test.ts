import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['PT1S', 1_000],
    ['PT15M', 900_000],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['P1W', 604_800_000],
    ['P1DT1H', 90_000_000],
    ['PT0.5S', 500],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['P1M', 'P1Y', 'P1M1D', '-PT1H', 'PT0S', 'P', 'PT', '15m', '900', '', 'PT15M '])(
    '%o has no fixed positive length',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
