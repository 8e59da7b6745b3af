import { imbalance, type LedgerView } from '../../ingest/ledger.ts';
import { ask } from '../ask.ts';

export interface LedgerWords {
  readonly url: string;
  readonly json?: true;
}

export const printLedger = async ({ url, json }: LedgerWords): Promise<void> => {
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
