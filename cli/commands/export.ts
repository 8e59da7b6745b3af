import { type Command, Option } from 'commander';
import type { ExportWords } from '../actions/export.ts';
import { toMonth } from '../options.ts';
import { urlOption } from './url-option.ts';

export const addExport = (program: Command): void => {
  program
    .command('export')
    .description(
      'open data: hourly and daily figures of months as the public may see them, with DCAT-AP_IT metadata',
    )
    .requiredOption('--from <month>', 'first month, such as 2026-01', toMonth)
    .option('--to <month>', 'last month (default: the first)', toMonth)
    .option('--site <site>', 'id of a site or its file', 'via-rossini')
    .addOption(new Option('--format <format>', 'what to write').choices(['parquet', 'csv']).default('csv'))
    .option('--out <directory>', 'where to write the data and metadata.jsonld', './open-data')
    .option('--publisher <name>', 'who publishes', 'Comune di Pesaro')
    .option('--publisher-code <code>', 'code of the publisher in IndicePA', 'c_g479')
    .option(
      '--landing-page <url>',
      'page of the data set',
      'https://www.comune.pesaro.pu.it/open-data/aperto',
    )
    .addOption(urlOption())
    .option('--store <store>', 'where no Aperto runs: duckdb, duckdb:PATH or influx', 'duckdb')
    .option('--data <directory>', 'where no Aperto runs: its data directory', './data')
    .addHelpText(
      'after',
      '\nExample:\n  aperto export --from 2026-01 --to 2026-06 --format parquet --out open-data',
    )
    .action(async (words: ExportWords) => (await import('../actions/export.ts')).runExport(words));
};
