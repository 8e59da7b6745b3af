import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MonthReport } from '../kpi/report/month.ts';
import { type RunningAperto, runAperto, startAperto, temporaryDirectory } from './support/aperto.ts';
import { runCommand } from './support/command.ts';
import { makeMonth } from './support/month.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let aperto: RunningAperto;
let site: string;
const nobody = 'http://127.0.0.1:1';
/** Through the service that has the store, and later from the store that it left. */
let source: readonly string[];
const path = (name: string): string => join(directory.path, name);

beforeAll(async () => {
  directory = await temporaryDirectory();
  site = (await makeMonth(directory.path)).file;
  aperto = await startAperto({ data: directory.path, parameters: ['--site', site] });
  source = ['--url', aperto.http];
});
afterAll(() => directory.remove());

const report = (...words: string[]) =>
  runAperto(['report', '--month', '2026-07', '--site', site, ...source, ...words]);
const exportTo = (out: string, ...words: string[]) =>
  runAperto(['export', '--from', '2026-07', '--site', site, '--out', path(out), ...source, ...words]);

const jsonReport = async (): Promise<MonthReport> => JSON.parse((await report('--format', 'json')).stdout);
let served: MonthReport;

const rowsOf = ({ sections }: MonthReport, kpi: string) =>
  sections.flatMap(({ rows }) => rows).filter((row) => row.kpi === kpi);

/** Parquet as another program reads it. */
const parquetRows = async (file: string) => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`select * from read_parquet('${file}')`);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
};

const csvRows = (text: string): Record<string, string>[] => {
  const [header = '', ...lines] = text.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
};

describe('a report through the running service', () => {
  test('json: figures of the month beside those of the month before', async () => {
    served = await jsonReport();
    expect([served.month, served.monthBefore]).toEqual(['2026-07', '2026-06']);
    const [occupancy] = rowsOf(served, 'time_occupancy');
    // Six hours of 24, and three in June; the last report of July holds for half an hour.
    expect(occupancy?.value).toBeCloseTo((17 * 6) / (17 * 24 + 0.25), 9);
    expect(occupancy?.before).toBeCloseTo(3 / 24, 9);
    expect(occupancy?.coverage).toBeCloseTo((17 * 24 + 0.25) / (31 * 24), 9);
    const [energy] = rowsOf(served, 'energy');
    expect(energy?.value).toBeCloseTo(17 * 24 - 0.25, 6);
    expect(energy?.before).toBeCloseTo(17 * 24, 6);
    expect(served.daily[0]?.rows.filter(({ value }) => value !== undefined)).toHaveLength(17);
  });

  test('csv: the same figures, one a line', async () => {
    const { code, stdout } = await report('--format', 'csv');
    expect(code).toBe(0);
    const rows = csvRows(stdout);
    expect(rows).toHaveLength(served.sections.flatMap((section) => section.rows).length);
    const occupancy = rows.filter(({ kpi }) => kpi === 'time_occupancy');
    expect(occupancy.map(({ keys }) => keys)).toEqual(['', 'zone=teatro', 'zone=giardino', 'zone=portico']);
    expect(Number(occupancy[0]?.value)).toBe(rowsOf(served, 'time_occupancy')[0]?.value);
    expect(rows.find(({ kpi }) => kpi === 'wifi_coverage')).toMatchObject({ value: '', reason: 'no_data' });
  });

  test.each([
    [
      'it',
      'Rapporto mensile, luglio 2026',
      'Tempo occupato per giorno',
      '408&nbsp;kWh',
      '12,5%',
      'nessun dato',
    ],
    ['en', 'Monthly report, July 2026', 'Occupied time by day', '408&nbsp;kWh', '12.5%', 'no data'],
  ])('html in %s stands alone, with charts and words for what is not known', async (language, ...texts) => {
    const file = path(`report-${language}.html`);
    const { code, stdout, stderr } = await report('--language', language, '--out', file);
    expect([code, stdout, stderr]).toEqual([0, '', '']);
    const html = (await readFile(file, 'utf8')).replaceAll('\u00a0', '&nbsp;');
    expect(html).toContain(`<html lang="${language}">`);
    for (const text of texts) expect(html).toContain(text);
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|<script|NaN|undefined|[+-]0[%&]/);
  });
});

describe('the assumptions of the savings', () => {
  const pageOf = async (assumptions: string): Promise<string> => {
    const file = path('assumed.yaml');
    await writeFile(file, assumptions);
    const words = ['report', '--month', '2026-07', '--site', file, '--url', aperto.http, '--language', 'en'];
    return (await runAperto(words)).stdout;
  };

  test('stand with their range and source; what nobody has confirmed is called a default', async () => {
    const given = await readFile(site, 'utf8');
    const html = await pageOf(given);
    expect(html).toContain(
      'These assumptions are defaults that await confirmation by the administration: Meetings',
    );
    expect(html.match(/default, awaits confirmation/g)).toHaveLength(6);
    expect(html).toContain('<td>7 (4 – 12)</td>');
    expect(html).toContain('Project brief: about 200 meetings between offices a year, 700 employees');
    const before = '  cost_per_trip:\n';
    const after = `${before}    confirmed: { by: Ragioneria, on: 2026-12-01 }\n`;
    const confirmed = await pageOf(given.replace(before, after));
    expect(confirmed.match(/default, awaits confirmation/g)).toHaveLength(5);
    expect(confirmed).toContain('<td class="text">confirmed by Ragioneria, 2026-12-01</td>');
  });
});

describe('open data', () => {
  test('csv: a group of three seats, and the one that would give it away, are withheld', async () => {
    const { code, stdout } = await exportTo('open');
    expect(code).toBe(0);
    const rows = csvRows(await readFile(path('open/via-rossini-2026-07.csv'), 'utf8'));
    expect(JSON.parse(stdout)).toMatchObject({ event: 'done', rows: rows.length });
    const noon = rows.filter(
      ({ kpi, time }) => kpi === 'time_occupancy' && time === '2026-07-03T10:00:00.000Z',
    );
    expect(noon.map(({ zone, value, reason }) => [zone, value, reason])).toEqual([
      ['teatro', '', 'few_seats'],
      ['giardino', '1', ''],
      ['portico', '', 'few_seats'],
    ]);
    const small = rows.filter(({ zone }) => zone === 'portico');
    expect([small.length > 700, small.filter(({ value }) => value !== '').length]).toEqual([true, 0]);
    expect(rows.some((row) => 'seat' in row || row.detail?.includes('S1'))).toBe(false);
  });

  test('parquet has the same rows, and the metadata names the file', async () => {
    expect((await exportTo('open', '--format', 'parquet')).code).toBe(0);
    const rows = await parquetRows(path('open/via-rossini-2026-07.parquet'));
    const lines = csvRows(await readFile(path('open/via-rossini-2026-07.csv'), 'utf8'));
    const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
    expect(rows.map(({ kpi, zone, value }) => [kpi, zone, value].map(text))).toEqual(
      lines.map(({ kpi, zone, value }) => [kpi, zone, value]),
    );
    expect(JSON.parse(await readFile(path('open/metadata.jsonld'), 'utf8'))).toMatchObject({
      '@type': ['dcatapit:Dataset', 'dcat:Dataset'],
      'dct:identifier': 'c_g479:aperto-via-rossini-2026-07-2026-07',
      'dct:temporal': {
        'dcatapit:startDate': { '@value': '2026-07-01' },
        'dcatapit:endDate': { '@value': '2026-07-31' },
      },
      'dcat:distribution': { 'dct:title': 'via-rossini-2026-07.parquet' },
    });
  });
});

describe('from the store, once the service has ended', () => {
  test('the report says the same', async () => {
    expect(await aperto.stop()).toBe(0);
    source = ['--url', nobody, '--data', directory.path];
    expect(await jsonReport()).toEqual(served);
  });

  test('the open data are the same', async () => {
    expect((await exportTo('closed')).code).toBe(0);
    const read = (name: string): Promise<string> => readFile(path(`${name}/via-rossini-2026-07.csv`), 'utf8');
    expect(await read('closed')).toBe(await read('open'));
  });
});

describe('one line and exit 2 for', () => {
  test.each([
    ['report', ['--month', '2026-13'], '--month'],
    ['report', ['--month', '2099-01'], '--month 2099-01: has not begun'],
    ['report', ['--site', 'nowhere'], 'nowhere'],
    ['report', ['--out', '/proc/none/report.html'], '--out /proc/none/report.html: cannot be written'],
    ['report', ['--data', '/proc/none'], 'no Aperto answers at http://127.0.0.1:1, and there is no store'],
    ['export', ['--from', '2026-07', '--to', '2026-06'], '--to 2026-06: is before --from 2026-07'],
    ['export', ['--from', '2026-07', '--to', '2099-01'], '--to 2099-01: has not begun'],
  ])('%s %j', async (command, words, named) => {
    const month = command === 'report' ? ['--month', '2026-07'] : [];
    const given = ['--site', site, '--url', nobody, '--data', directory.path];
    const { code, stdout, stderr } = await runCommand([command, ...month, ...given, ...words]);
    expect(stderr).toContain(named);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
  });

  test('an export into a file, or where nobody may write', async () => {
    await writeFile(path('file'), '');
    for (const out of [path('file'), '/proc/none/open']) {
      const words = [
        'export',
        '--from',
        '2026-07',
        '--site',
        site,
        '--url',
        nobody,
        '--data',
        directory.path,
      ];
      const { code, stderr } = await runCommand([...words, '--out', out]);
      expect(stderr).toContain(`--out ${out}: `);
      expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    }
  });
});
