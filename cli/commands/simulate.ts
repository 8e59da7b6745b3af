import type { Command } from 'commander';
import { dialectNames } from '../../simulators/dialects/names.ts';
import { faultNames } from '../../simulators/faults/names.ts';
import type { SimulateWords } from '../actions/simulate.ts';
import { toCount, toList, toPositive, toSeed, toTime } from '../options.ts';
import { defaultSiteFile } from '../root.ts';

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
    .action(async (words: SimulateWords) => (await import('../actions/simulate.ts')).runSimulate(words));
};
