import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { ApertoError } from './errors.ts';
import { limits } from './limits.ts';
import { parseSite, type Site } from './site.ts';

const file = 'sites/via-rossini.yaml';
const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const via = parseSite(text, file);

const errorOf = (changed: string): ApertoError => {
  try {
    parseSite(changed, 'site.yaml');
  } catch (error) {
    if (error instanceof ApertoError) return error;
    throw error;
  }
  throw new Error('it was taken for a site');
};
/** The message for a text of the file that was replaced once. */
const messageFor = (from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const { code, message } = errorOf(changed);
  expect(code).toBe('config');
  expect(message).not.toContain('\n');
  return message;
};
const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
const countKinds = ({ devices }: Site): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of devices.values()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

test('via Rossini has its 5 zones and all its devices', () => {
  expect(via.zones.map(({ id }) => id)).toEqual(['teatro', 'portico', 'giardino', 'pergola', 'fontana']);
  expect(countKinds(via)).toEqual({
    seat: 48,
    counter: 4,
    'access-point': 6,
    probe: 6,
    meter: 8,
    weather: 1,
  });
  expect(via.seats.map(({ id }) => id)).toEqual(
    Array.from({ length: 48 }, (_, index) => `S${String(index + 1).padStart(2, '0')}`),
  );
  expect(via.access_points.every(({ bands }) => bands.join() === '2.4,5,6')).toBe(true);
});

test('a device knows its zone, its place, its patience and its target', () => {
  expect(via.devices.get('S07')).toMatchObject({
    id: 'S07',
    kind: 'seat',
    zone: 'teatro',
    at: [17.5, 4],
    maxSilenceMs: via.max_silence_s.seat * 1_000,
  });
  expect(via.devices.get('P3')).toMatchObject({ kind: 'probe', zone: 'giardino', target: 'internet' });
});

test('a site may be written in JSON too', () => {
  const json = parseSite(JSON.stringify(parse(text)), 'site.json');
  expect([...json.devices]).toEqual([...via.devices]);
});

test('what is in no place of the plan is named with file, line and path', () => {
  expect(
    messageFor('{ id: S03, zone: teatro, at: [8.5, 4] }', '{ id: S03, zone: teatro, at: [8.5, 44] }'),
  ).toBe(`site.yaml:${lineOf('id: S03')}: seats[2].at: (8.5, 44) is off the plan of 150 × 14 m`);
});

test('an unknown zone is named, with those that there are', () => {
  expect(messageFor('{ id: S03, zone: teatro', '{ id: S03, zone: teatri')).toBe(
    `site.yaml:${lineOf('id: S03')}: seats[2].zone: no zone "teatri"; ` +
      'the zones are teatro, portico, giardino, pergola, fontana',
  );
});

test('an id that is used twice is named where it is used again, also by another kind', () => {
  expect(messageFor('id: S03', 'id: S02')).toBe(
    `site.yaml:${lineOf('id: S03')}: seats[2].id: "S02" is used twice; a device id is unique in its site`,
  );
  expect(messageFor('id: AP1,', 'id: S01,')).toContain('access_points[0].id: "S01" is used twice');
  expect(messageFor('id: portico', 'id: teatro')).toContain('zones[1].id: "teatro" is used twice');
});

test('more faults are counted', () => {
  expect(messageFor(/zone: teatro, at/g, 'zone: teatri, at')).toMatch(
    /seats\[0\]\.zone: .* \(and \d+ more\)$/,
  );
});

test('a probe beside an access point that is not there is named', () => {
  expect(messageFor('access_point: AP3', 'access_point: AP9')).toBe(
    `site.yaml:${lineOf('access_point: AP3')}: probes[2].access_point: no access point "AP9"`,
  );
});

test.each([
  [
    'a key that nobody knows',
    'city: Pesaro',
    'city: Pesaro\ncolour: red',
    /^site\.yaml:6: colour: unrecognized key/,
  ],
  ['a key that is missing', /^name: .*\n/m, '', /^site\.yaml:\d+: name: .*expected string/],
  ['a text in place of a number', 'width_m: 150', 'width_m: wide', /: plan\.width_m: .*expected number/],
  [
    'a time zone of nowhere',
    'Europe/Rome',
    'Europe/Pesaro',
    /: timezone: unknown time zone; write an IANA name/,
  ],
  ['an id that no topic can carry', 'id: S07', 'id: "S 07"', /: seats\[6\]\.id: an identifier has letters/],
  ['an infinite place', 'at: [4, 4]', 'at: [.inf, 4]', /: seats\[0\]\.at\[0\]: /],
  ['an hour that no day has', /"08:00"/, '"24:30"', /: opening_hours\..*: a time of day is written "08:00"/],
  [
    'hours that end before they begin',
    /\["08:00", "[^"]+"\]/,
    '["18:00", "08:00"]',
    /: opening_hours\..*: .*before/,
  ],
  ['a day that no calendar has', /date: "?\d{4}-\d\d-\d\d"?/, 'date: "2026-02-30"', /: calendar\..*\.date: /],
])('%s is named in one line', (_, from, to, expected) => {
  expect(messageFor(from, to)).toMatch(expected);
});

test('a syntax error is named with line and column', () => {
  expect(messageFor('zones:\n', 'zones: [\n')).toMatch(/^site\.yaml:\d+:\d+: not valid YAML: /);
  expect(errorOf('a: 1\na: 2\n').message).toBe('site.yaml:2:1: not valid YAML: Map keys must be unique');
  expect(errorOf('a: 1\n---\nb: 2\n').message).toMatch(/^site\.yaml:\d:\d: not valid YAML: /);
});

test.each(['', ' \n', '# nothing but a comment'])('%j says what is missing', (empty) => {
  expect(errorOf(empty).message).toBe(
    'site.yaml:1: the file: is empty; a site has an id, a name, zones and devices',
  );
});

test.each(['[]', '3', 'just a text', 'null'])('%j is no site', (empty) => {
  expect(errorOf(empty).message).toMatch(/^site\.yaml:1: the file: /);
});

test('an alias of nothing is named with its line', () => {
  expect(errorOf('id: a\nname: *b\n').message).toMatch(/^site\.yaml(:2)?.*: not valid YAML: .*alias/i);
});

test('aliases that multiply are refused and not built', () => {
  const levels = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n},*a${n},*a${n},*a${n}]`);
  const began = performance.now();
  const { code, message } = errorOf(['a0: &a0 [x]', ...levels].join('\n'));
  expect(code).toBe('config');
  expect(message).toMatch(/^site\.yaml.*: not valid YAML: .*alias/i);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a file beyond the limit is refused before it is read', () => {
  const began = performance.now();
  expect(errorOf(`${text}\n${'# '.padEnd(limits.siteFileBytesMax, 'x')}`).message).toBe(
    `site.yaml: larger than ${limits.siteFileBytesMax} bytes; split it into several sites`,
  );
  expect(performance.now() - began).toBeLessThan(500);
});

test('no text makes it throw anything but one clear line', () => {
  const lines = text.split('\n');
  const broken = fc.oneof(
    fc.string(),
    fc.json().map((value) => stringify(JSON.parse(value))),
    fc
      .record({ line: fc.integer({ min: 0, max: lines.length - 1 }), put: fc.string({ maxLength: 12 }) })
      .map(({ line, put }) => lines.with(line, put).join('\n')),
  );
  fc.assert(
    fc.property(broken, (changed) => {
      try {
        expect(parseSite(changed, 'site.yaml').devices.size).toBeGreaterThan(60);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ApertoError', code: 'config' });
        expect(String(error)).toMatch(/site\.yaml:\d+(:\d+)?: /);
      }
    }),
    { numRuns: 150 },
  );
});
