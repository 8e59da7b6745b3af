import type { Command } from 'commander';
import { ApertoError } from '../../model/errors.ts';
import type { UpWords } from '../actions/up.ts';
import { toHost, toPort, toPositive, toSeed } from '../options.ts';

export const addUp = (program: Command): void => {
  program
    .command('up')
    .description('run gateway, ingest, store and HTTP in one process')
    .option('--site <file...>', 'site file (default: the street office of via Rossini)')
    .option('--store <store>', 'duckdb, duckdb:PATH or influx', 'duckdb')
    .option('--simulate', 'publish a simulated street to the gateway')
    .option('--speed <number>', 'simulated seconds in a second', toPositive, 1)
    .option('--seed <number>', 'seed of the simulated street', toSeed, 1)
    .option('--host <address>', 'address to listen on; beyond loopback needs secrets', toHost, '127.0.0.1')
    .option('--mqtt-port <port>', 'MQTT port, 0 for a free one', toPort, 1883)
    .option('--http-port <port>', 'HTTP port, 0 for a free one', toPort, 8080)
    .option('--data <directory>', 'where the spool and the store are kept', './data')
    .option('--credentials <file>', 'users and tokens (default: credentials.json in the data directory)')
    .option('--mqtts-port <port>', 'MQTT over TLS, 0 for a free port', toPort)
    .option('--https-port <port>', 'HTTP over TLS, 0 for a free port', toPort)
    .option('--tls-cert <file>', 'certificate of this server and those that signed it, PEM')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--tls-ca <file>', 'authority of client certificates, PEM: clients of MQTT may show one')
    .option('--tls-only', 'keep the ports without TLS on 127.0.0.1, whatever --host is')
    .option('--cors-origin <origin...>', 'origins whose pages may read the API')
    .option('--log-level <level>', 'fatal, error, warn, info, debug or trace', toLevel, 'info')
    .addHelpText(
      'after',
      `
Examples:
  aperto up --simulate                    everything at once, as npm start does
  aperto up --mqtt-port 0 --http-port 0   on free ports; the ready line says which
  INFLUX_URL=http://127.0.0.1:8086 aperto up --store influx`,
    )
    .action(async (words: UpWords, command: Command) => {
      checkStreet(words, command);
      await (await import('../actions/up.ts')).up(words);
    });
};

/** What only a simulated street has is a mistake without one. */
const checkStreet = ({ simulate: isSimulated }: UpWords, command: Command): void => {
  if (isSimulated === true) return;
  const alone = ['speed', 'seed'].find((name) => command.getOptionValueSource(name) === 'cli');
  if (alone !== undefined)
    throw new ApertoError('usage', `--${alone}: only with --simulate; add it, or leave --${alone} out`);
};

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
const toLevel = (text: string): string => {
  if (!levels.includes(text)) throw new ApertoError('usage', `--log-level ${text}: use ${levels.join(', ')}`);
  return text;
};
