import { type Command, Option } from 'commander';
import type { ReportWords } from '../actions/report.ts';
import { toMonth } from '../options.ts';
import { urlOption } from './url-option.ts';

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
    .action(async (words: ReportWords) => (await import('../actions/report.ts')).report(words));
};
