import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { LocalTime } from '../../kpi/local-time.ts';
import type { Language } from '../../kpi/report/contents.ts';
import { reportCsv } from '../../kpi/report/csv.ts';
import { reportHtml } from '../../kpi/report/html.ts';
import { type MonthReport, readMonth } from '../../kpi/report/month.ts';
import { systemClock } from '../../model/clock.ts';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { openFigureSource, type SourceOptions } from '../figure-source.ts';
import { findSite } from '../find-site.ts';
import { urlOption } from './ask.ts';

interface ReportOptions extends SourceOptions {
  readonly site: string;
  readonly month: string;
  readonly format: 'html' | 'csv' | 'json';
  readonly language: Language;
  readonly out?: string;
}

export const addReport = (program: Command): void => {
  program
    .command('report')
    .description('the report of a month: use, Wi-Fi, energy, costs and savings, beside the month before')
    .requiredOption('--month <month>', 'such as 2026-06', toMonth)
    .option('--site <site>', 'id of a site or its file', 'via-rossini')
    .addOption(
      new Option('--format <format>', 'what to write').choices(['html', 'csv', 'json']).default('html'),
    )
    .addOption(new Option('--language <language>', 'of the page').choices(['it', 'en']).default('it'))
    .option('--out <file>', 'where to write it (default: standard output)')
    .addOption(urlOption())
    .option('--store <store>', 'where no Aperto runs: duckdb, duckdb:PATH or influx', 'duckdb')
    .option('--data <directory>', 'where no Aperto runs: its data directory', './data')
    .addHelpText(
      'after',
      `
Examples:
  aperto report --month 2026-06 --out june.html          of the Aperto that runs on this machine
  aperto report --month 2026-06 --language en --format csv --store duckdb:aperto.duckdb`,
    )
    .action(report);
};

export const toMonth = (text: string): string => {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month such as 2026-06.');
  return text;
};

/** @throws ApertoError `usage` for a month of which there can be no figures yet */
export const requireBegun = (site: Site, month: string, option: string): void => {
  const { from } = new LocalTime(site.timezone).month(month);
  if (from > systemClock.now())
    throw new ApertoError('usage', `${option} ${month}: has not begun; take an earlier month`);
};

const report = async (options: ReportOptions): Promise<void> => {
  const site = findSite(options.site);
  requireBegun(site, options.month, '--month');
  const source = await openFigureSource(options);
  try {
    const month = await readMonth(source, site, options.month);
    writeOut(textOf(month, site, options), options.out);
  } finally {
    await source.close();
  }
};

const textOf = (month: MonthReport, site: Site, { format, language }: ReportOptions): string => {
  switch (format) {
    case 'html':
      return reportHtml(month, site, language);
    case 'csv':
      return reportCsv(month);
    case 'json':
      return `${JSON.stringify(month, undefined, 2)}\n`;
  }
};

/** @throws ApertoError `usage` where the file cannot be written */
export const writeOut = (text: string | Uint8Array, file: string | undefined): void => {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ApertoError('usage', `--out ${file}: cannot be written: ${messageOf(error)}`, { cause: error });
  }
};
