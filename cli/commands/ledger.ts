import type { Command } from 'commander';
import type { LedgerWords } from '../actions/ledger.ts';
import { urlOption } from './url-option.ts';

export const addLedger = (program: Command): void => {
  program
    .command('ledger')
    .description('print the books of a running Aperto: what came in and what became of it')
    .addOption(urlOption())
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  aperto ledger --url http://127.0.0.1:8080')
    .action(async (words: LedgerWords) => (await import('../actions/ledger.ts')).printLedger(words));
};
