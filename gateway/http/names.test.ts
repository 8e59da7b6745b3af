import { describe, expect, it } from 'vitest';
import { listNames } from './names.ts';

describe('listNames', () => {
  it('names all of a few', () => {
    expect(listNames(['a', 'b'])).toBe('a, b');
    expect(listNames([])).toBe('none');
  });

  it('names a hundred of many and counts the rest', () => {
    const text = listNames(Array.from({ length: 20_000 }, (_, index) => `S${index}`));
    expect(text.endsWith('S99 and 19900 more')).toBe(true);
  });
});
