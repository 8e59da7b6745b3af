import type { Command } from 'commander';
import { toCount } from '../options.ts';
import { ask, urlOption } from './ask.ts';

interface Row {
  readonly id: number;
  readonly receivedAt: string;
  readonly topic: string;
  readonly reason: string;
  readonly detail: string;
  readonly payload: string;
}

export const addQuarantine = (program: Command): void => {
  const quarantine = program.command('quarantine').description('messages that could not become readings');
  quarantine
    .command('list')
    .description('list them, newest first, one line of JSON each')
    .addOption(urlOption())
    .option('--limit <count>', 'how many at most', toCount, 20)
    .addHelpText('after', '\nExample:\n  aperto quarantine list --limit 5')
    .action(list);
};

const list = async ({ url, limit }: { url: string; limit: number }): Promise<void> => {
  const path = `/api/v1/quarantine?limit=${limit}`;
  const { messages } = await ask<{ messages: readonly Row[] }>(url, path);
  for (const message of messages) process.stdout.write(`${JSON.stringify(message)}\n`);
};
