import { Option } from 'commander';

/** The running Aperto that a command asks. */
export const urlOption = (): Option =>
  new Option('--url <url>', 'HTTP address of the running Aperto').default('http://127.0.0.1:8080');
