import { type Command, Option } from 'commander';
import { ApertoError } from '../../model/errors.ts';
import { identifierPattern } from '../../model/topic.ts';
import type { IngestWords } from '../actions/ingest.ts';
import { toCount, toPort } from '../options.ts';

export const addIngest = (program: Command): void => {
  program
    .command('ingest')
    .description('take messages from an external MQTT 5 broker, by shared subscription')
    .requiredOption('--broker <url>', 'mqtt://HOST:PORT, mqtts:, ws: or wss:')
    .option('--site <file...>', 'site file (default: the street office of via Rossini)')
    .option('--store <store>', 'influx, or for one worker duckdb or duckdb:PATH', 'duckdb')
    .option('--workers <count>', 'processes that share the messages', toCount, 1)
    .option('--worker-id <id>', 'name of a single worker, no other of the broker has it', toWorkerId)
    .option('--topic <filter...>', 'topic filters instead of those that the site files ask for')
    .option('--native-only', "leave the vendors' formats to another worker")
    .option(
      '--retire',
      'end the worker of --worker-id for good: take what waits for it, then leave the broker',
    )
    .option('--host <address>', 'address of HTTP; beyond loopback needs a token', '127.0.0.1')
    .option(
      '--http-port <port>',
      'HTTP port of the first worker, then one more each; 0 for free ones',
      toPort,
    )
    .option('--data <directory>', 'where each worker keeps its spool', './data')
    .addOption(
      new Option('--log-level <level>')
        .choices(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
        .default('info'),
    )
    .addOption(new Option('--supervised').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  aperto ingest --broker mqtt://broker:1883
  INFLUX_URL=http://influx:8086 aperto ingest --broker mqtts://broker:8883 --workers 4 --store influx
  aperto ingest --broker mqtt://broker:1883 --worker-id east --native-only --store influx
A message is acknowledged to the broker once it is durable. User and password: APERTO_BROKER_USERNAME and
APERTO_BROKER_PASSWORD or APERTO_BROKER_PASSWORD_FILE; TLS: APERTO_BROKER_CA_FILE, APERTO_BROKER_CERT_FILE,
APERTO_BROKER_KEY_FILE. A vendor's device can only be read by one who hears all of it, so of all workers of a broker
exactly one is to run without --native-only; --workers sees to that itself.`,
    )
    .action(async (words: IngestWords) => (await import('../actions/ingest.ts')).ingest(words));
};

const toWorkerId = (text: string): string => {
  if (!identifierPattern.test(text))
    throw new ApertoError('usage', `--worker-id ${text}: letters, digits, - and _, 64 at most`);
  return text;
};
