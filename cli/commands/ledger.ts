import type { Command } from 'commander';
import { imbalance, type LedgerView } from '../../ingest/ledger.ts';
import { ask, urlOption } from './ask.ts';

export const addLedger = (program: Command): void => {
  program
    .command('ledger')
    .description('print the books of a running Aperto: what came in and what became of it')
    .addOption(urlOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  aperto ledger --url http://127.0.0.1:8080')
    .action(printLedger);
};

const printLedger = async ({ url, json }: { url: string; json?: true }): Promise<void> => {
  const view = await ask<LedgerView>(url, '/api/v1/ledger');
  if (json === true) {
    process.stdout.write(`${JSON.stringify(view)}\n`);
    return;
  }
  const { received, stored, duplicate, spooled, quarantined, refused, booksLost } = view;
  const rows: [string, number][] = [
    ['received', received],
    ['stored', stored],
    ['duplicate', duplicate],
    ['spooled', spooled],
    ...Object.entries(quarantined).map(([reason, count]): [string, number] => [
      `quarantined: ${reason}`,
      count,
    ]),
    ...Object.entries(refused).map(([reason, count]): [string, number] => [`refused: ${reason}`, count]),
    ['unaccounted for', imbalance(view)],
    ...(booksLost === undefined
      ? []
      : [['times that books were lost', booksLost] satisfies [string, number]]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, count] of rows)
    process.stdout.write(`${name.padEnd(width)}  ${String(count).padStart(12)}\n`);
};
