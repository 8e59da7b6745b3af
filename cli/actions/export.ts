import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { toCsv } from '../../gateway/http/csv.ts';
import { catalogue } from '../../kpi/report/dcat.ts';
import { type ExportRow, exportColumns, monthsBetween, readExport } from '../../kpi/report/export.ts';
import { ApertoError, messageOf } from '../../model/errors.ts';
import { requireBegun } from '../begun.ts';
import { makeDirectory } from '../data-directory.ts';
import { openFigureSource, type SourceOptions } from '../figure-source.ts';
import { findSite } from '../find-site.ts';

export interface ExportWords extends SourceOptions {
  readonly site: string;
  readonly from: string;
  readonly to?: string;
  readonly format: 'parquet' | 'csv';
  readonly out: string;
  readonly publisher: string;
  readonly publisherCode: string;
  readonly landingPage: string;
}

export const runExport = async (options: ExportWords): Promise<void> => {
  const site = findSite(options.site);
  const months = monthsBetween(options.from, options.to ?? options.from);
  if (months.length === 0) {
    throw new ApertoError('usage', `--to ${options.to}: is before --from ${options.from}`);
  }
  requireBegun(site, months.at(-1) ?? options.from, options.to === undefined ? '--from' : '--to');
  const source = await openFigureSource(options);
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {month} {kpi}',
    noTTYOutput: true,
    hideCursor: true,
  });
  const rows: ExportRow[] = [];
  try {
    makeDirectory(resolve(options.out));
    await readExport(source, site, months, {
      onRows: (some) => rows.push(...some),
      onProgress: ({ done, all, month, kpi }) => {
        if (done === 0) bar.start(all, 0, { month, kpi });
        bar.update(done, { month, kpi });
      },
    });
    bar.stop();
    const file = `${site.id}-${[...new Set([months[0], months.at(-1)])].join('-to-')}.${options.format}`;
    const path = join(options.out, file);
    if (options.format === 'parquet') await (await import('../parquet.ts')).writeParquet(path, rows);
    else
      writeFileSync(
        path,
        toCsv(
          exportColumns,
          rows.map((row) => exportColumns.map((name) => row[name] ?? '')),
        ),
      );
    const metadata = catalogue({ ...options, site, months, file });
    writeFileSync(join(options.out, 'metadata.jsonld'), `${JSON.stringify(metadata, undefined, 2)}\n`);
    process.stdout.write(`${JSON.stringify({ event: 'done', file: path, rows: rows.length })}\n`);
  } catch (error) {
    if (error instanceof ApertoError) throw error;
    throw new ApertoError('usage', `--out ${options.out}: ${messageOf(error)}`, { cause: error });
  } finally {
    bar.stop();
    await source.close();
  }
};
