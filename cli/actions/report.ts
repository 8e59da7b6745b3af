import { writeFileSync } from 'node:fs';
import type { Language } from '../../kpi/report/contents.ts';
import { reportCsv } from '../../kpi/report/csv.ts';
import { type MonthReport, readMonth } from '../../kpi/report/month.ts';
import { ApertoError, messageOf } from '../../model/errors.ts';
import type { Site } from '../../model/site.ts';
import { requireBegun } from '../begun.ts';
import { openFigureSource, type SourceOptions } from '../figure-source.ts';
import { findSite } from '../find-site.ts';

export interface ReportWords extends SourceOptions {
  readonly site: string;
  readonly month: string;
  readonly format: 'html' | 'csv' | 'json';
  readonly language: Language;
  readonly out?: string;
}

export const report = async (options: ReportWords): Promise<void> => {
  const site = findSite(options.site);
  requireBegun(site, options.month, '--month');
  const source = await openFigureSource(options);
  try {
    const month = await readMonth(source, site, options.month);
    writeOut(await textOf(month, site, options), options.out);
  } finally {
    await source.close();
  }
};

const textOf = async (month: MonthReport, site: Site, { format, language }: ReportWords): Promise<string> => {
  switch (format) {
    case 'html':
      return (await import('../../kpi/report/html.ts')).reportHtml(month, site, language);
    case 'csv':
      return reportCsv(month);
    case 'json':
      return `${JSON.stringify(month, undefined, 2)}\n`;
  }
};

/** @throws ApertoError `usage` where the file cannot be written */
const writeOut = (text: string | Uint8Array, file: string | undefined): void => {
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
