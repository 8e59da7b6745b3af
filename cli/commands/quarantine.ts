import type { Command } from 'commander';
import type { QuarantineWords } from '../actions/quarantine.ts';
import { toCount } from '../options.ts';
import { urlOption } from './url-option.ts';

export const addQuarantine = (program: Command): void => {
  const quarantine = program.command('quarantine').description('messages that could not become readings');
  quarantine
    .command('list')
    .description('list them, newest first, one line of JSON each')
    .addOption(urlOption())
    .option('--limit <count>', 'how many at most', toCount, 20)
    .addHelpText('after', '\nExample:\n  aperto quarantine list --limit 5')
    .action(async (words: QuarantineWords) =>
      (await import('../actions/quarantine.ts')).listQuarantine(words),
    );
};
