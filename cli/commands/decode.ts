import type { Command } from 'commander';
import type { DecodeWords } from '../actions/decode.ts';
import { toTime } from '../options.ts';
import { defaultSiteFile } from '../root.ts';

export const addDecode = (program: Command): void => {
  program
    .command('decode')
    .description('decode one message from standard input to readings in base units, one line of JSON each')
    .requiredOption('--topic <topic>', 'the MQTT topic that it came on')
    .option('--site <file>', 'site file: its time zone is that of times without an offset', defaultSiteFile)
    .option('--at <time>', 'when it was received (default: now)', toTime)
    .addHelpText(
      'after',
      `
Example:
  echo '{"occupied":true}' | aperto decode --topic aperto/1/via-rossini/seat/S07
Exit: 0 decoded, 2 not (one line of JSON on stderr says why).`,
    )
    .action(async (words: DecodeWords) => (await import('../actions/decode.ts')).decodeInput(words));
};
