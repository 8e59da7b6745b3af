import { expect, it } from 'vitest';
import { toCsv } from './csv.ts';

it('writes RFC 4180: CRLF, quotes where they are needed, points in numbers, nothing where nothing is known', () => {
  const rows = [
    ['Time', 'Persone, massimo', 'a "b"'],
    ['2026-06-23T08:00:00.000Z', 1.5, undefined],
  ];
  expect(toCsv(rows)).toBe('Time,"Persone, massimo","a ""b"""\r\n2026-06-23T08:00:00.000Z,1.5,\r\n');
});
