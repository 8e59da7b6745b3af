import { Command } from 'commander';
import { addCredentials } from './commands/credentials.ts';
import { addDashboards } from './commands/dashboards.ts';
import { addDecode } from './commands/decode.ts';
import { addDevices } from './commands/devices.ts';
import { addExport } from './commands/export.ts';
import { addIngest } from './commands/ingest.ts';
import { addLedger } from './commands/ledger.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addReport } from './commands/report.ts';
import { addSimulate } from './commands/simulate.ts';
import { addUp } from './commands/up.ts';
import { version } from './root.ts';

/** Commander's error and its suggestion as one line. */
const oneLine = (text: string): string =>
  `aperto: ${text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ')} (see aperto --help)\n`;

/** The command line, in the order of the data. */
export const createProgram = (): Command => {
  const program = new Command('aperto')
    .description("Telemetry for open-air offices: from a sensor's publish to a figure that people may trust.")
    .version(version)
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  for (const add of [
    addUp,
    addIngest,
    addSimulate,
    addDecode,
    addDevices,
    addLedger,
    addQuarantine,
    addReport,
    addExport,
    addDashboards,
    addCredentials,
  ])
    add(program);
  return program;
};
