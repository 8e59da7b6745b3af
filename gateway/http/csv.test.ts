import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('toCsv', () => {
  it('ends every line with CRLF and quotes what needs it (RFC 4180 §2)', () => {
    const rows = [
      ['plain', 1],
      ['a,b', -2.5],
      ['say "hi"', 0],
      ['two\r\nlines', 1e21],
    ];
    expect(toCsv(['text', 'value'], rows)).toBe(
      'text,value\r\nplain,1\r\n"a,b",-2.5\r\n"say ""hi""",0\r\n"two\r\nlines",1e+21\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('does not let text %o become a formula', (text) => {
    const cell = toCsv(['h'], [[text]])
      .split('\r\n')
      .slice(1)
      .join('\r\n');
    expect(cell.replace(/^"/, '').startsWith(`'${text}`)).toBe(true);
  });

  it('leaves negative numbers alone', () => {
    expect(toCsv(['value'], [[-60.5]])).toBe('value\r\n-60.5\r\n');
  });
});
