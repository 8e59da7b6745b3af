import { benchBroker } from './broker.ts';
import { benchDecode } from './decode.ts';
import { benchDevices } from './devices.ts';
import { benchGateway } from './gateway.ts';
import { benchKpi } from './kpi.ts';
import { benchRollup } from './rollup.ts';
import { benchSimulators } from './simulators.ts';
import { benchStore } from './store.ts';
import { benchStreams } from './streams.ts';

/** `npm run bench`: all of them, or those named: `npm run bench -- gateway`. */
const benches = {
  simulators: benchSimulators,
  decode: benchDecode,
  gateway: benchGateway,
  store: benchStore,
  rollup: benchRollup,
  kpi: benchKpi,
  broker: benchBroker,
  streams: benchStreams,
  devices: benchDevices,
};

const names = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  await bench();
}
