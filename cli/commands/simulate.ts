import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { readHookSecrets } from '../../gateway/http/hooks/source.ts';
import { readSecret } from '../../gateway/secret.ts';
import { dialectNames } from '../../simulators/dialects/index.ts';
import { faultNames } from '../../simulators/faults/faults.ts';
import { type Progress, simulate } from '../../simulators/simulate.ts';
import { loadLogins } from '../credentials/logins.ts';
import { defaultSiteFile, loadSite } from '../load-site.ts';
import { toCount, toList, toPositive, toSeed, toTime } from '../options.ts';
import { readText } from '../read-text.ts';
import { stopSignal } from '../stop-signal.ts';

interface Words {
  readonly broker: string;
  readonly http: string;
  readonly site: string;
  readonly from?: number;
  readonly to?: number;
  readonly speed?: number;
  readonly devices?: number;
  readonly rate?: number;
  readonly faults?: readonly string[];
  readonly seed: number;
  readonly dialect?: readonly string[];
  readonly user?: string;
  readonly logins?: string;
  readonly ca?: string;
}

export const addSimulate = (program: Command): void => {
  program
    .command('simulate')
    .description(
      'publish a simulated street over MQTT, and by webhook where its vendors do; live or back-filled',
    )
    .option('--broker <url>', 'MQTT broker', 'mqtt://127.0.0.1:1883')
    .option('--http <url>', 'where dialects that post find the webhooks', 'http://127.0.0.1:8080')
    .option('--site <file>', 'site file', defaultSiteFile)
    .option(
      '--from <time>',
      'simulated time begins here; with --to it is a back-fill, as fast as it goes',
      toTime,
    )
    .option('--to <time>', 'end of the back-fill', toTime)
    .option('--speed <number>', 'simulated seconds in a second', toPositive)
    .option('--devices <count>', 'as many devices as this, copied from the site', toCount)
    .option('--rate <number>', 'messages a second over all devices', toPositive)
    .option('--faults <list>', `faults to mix in, of ${faultNames.join(', ')}`, toList)
    .option('--dialect <list>', `formats to speak, of ${dialectNames.join(', ')}`, toList)
    .option('--user <name>', 'MQTT user name to the password; the client ids by default')
    .option('--logins <file>', 'what "aperto credentials generate" printed: a login for each device')
    .option('--ca <file>', "authority that signed the broker's certificate, PEM, for mqtts and wss")
    .option('--seed <number>', 'same seed, same street', toSeed, 1)
    .addHelpText(
      'after',
      `
Examples:
  aperto simulate --speed 60
  aperto simulate --from 2026-06-01 --to 2026-07-01
  aperto simulate --faults duplicate,reorder,garbage --seed 7
  aperto simulate --dialect shelly,zigbee2mqtt
  APERTO_HOOK_UNIFI_TOKEN=… aperto simulate --dialect unifi --http http://127.0.0.1:8080
Devices of a kind are dealt out among the dialects that cover it; the others speak Aperto's own format (native), as
all do without --dialect. In a vendor's format a device has its vendor's name: "aperto devices list" shows it with
the line for the site file.
Network servers, controllers and clouds post to the webhooks of --http, each with the secret that the gateway has:
APERTO_HOOK_CHIRPSTACK_TOKEN, …_TTS_TOKEN, …_MERAKI_TOKEN and …_MERAKI_VALIDATOR, …_UNIFI_TOKEN, …_NGSI_TOKEN.
A broker that asks for a password gets that of APERTO_MQTT_PASSWORD or APERTO_MQTT_PASSWORD_FILE.
Where each device has a login: aperto credentials generate > logins.csv; aperto simulate --logins logins.csv`,
    )
    .action(run);
};

const run = async ({ site, dialect, http, logins, ca, ...words }: Words): Promise<void> => {
  const { signal } = stopSignal();
  const password = readSecret('APERTO_MQTT_PASSWORD', process.env);
  const bar = words.from === undefined ? undefined : new ProgressBar();
  try {
    const done = await simulate({
      ...words,
      dialects: dialect,
      hooks: { http, ...readHookSecrets(process.env) },
      site: loadSite(site),
      logins: logins === undefined ? undefined : loadLogins(logins),
      ca: ca === undefined ? undefined : readText(ca, '--ca'),
      signal,
      onStall: (line) => process.stderr.write(`${line}\n`),
      ...(password === undefined ? {} : { password }),
      ...(bar === undefined ? {} : { onProgress: (progress: Progress) => bar.show(progress) }),
    });
    bar?.stop();
    process.stdout.write(`${JSON.stringify(done)}\n`);
  } finally {
    bar?.stop();
  }
};

/** A bar on a terminal, a line now and then elsewhere; both on stderr. */
class ProgressBar {
  readonly #bar = new SingleBar({
    format: '{bar} {percentage} %  {day}  {acked} acked  {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  #started = false;

  show({ from, to, time, acked }: Progress): void {
    const values = { day: new Date(time).toISOString().slice(0, 16), acked };
    if (!this.#started) {
      this.#bar.start(to - from, 0, values);
      this.#started = true;
    }
    this.#bar.update(time - from, values);
  }

  stop(): void {
    if (this.#started) this.#bar.stop();
    this.#started = false;
  }
}
