import { Decoder } from '../../ingest/decode/decoder.ts';
import { devices } from '../../ingest/decode/devices/index.ts';
import { VolatileMemory } from '../../ingest/decode/memory.ts';
import { Inventory } from '../../ingest/inventory.ts';
import { normalise } from '../../ingest/normalise/normalise.ts';
import type { Point } from '../../model/point.ts';
import type { Device, Site } from '../../model/site.ts';
import { Faults } from '../../simulators/faults/faults.ts';
import { fleetDevices } from '../../simulators/fleet-devices.ts';
import { messagesOf } from '../../simulators/messages.ts';
import { native } from '../../simulators/native.ts';
import { Seed } from '../../simulators/random.ts';
import { schedule } from '../../simulators/schedule.ts';
import { Street } from '../../simulators/street.ts';
import { viaRossini } from '../support/via-rossini.ts';

const kept = [
  'S01',
  'S02',
  'S03',
  'S04',
  'S05',
  'S11',
  'S12',
  'S13',
  'C1',
  'C2',
  'AP1',
  'AP2',
  'P1',
  'P2',
  'M1',
  'M3',
  'M8',
];
const isKept = ({ id }: { readonly id: string }): boolean => kept.includes(id);

/** Some devices of each kind of via Rossini: a street that is quickly simulated. */
export const smallStreet: Site = {
  ...viaRossini,
  zones: viaRossini.zones.filter(({ id }) => ['teatro', 'portico'].includes(id)),
  seats: viaRossini.seats.filter(isKept),
  counters: viaRossini.counters.filter(isKept),
  access_points: viaRossini.access_points.filter(isKept),
  probes: viaRossini.probes.filter(isKept),
  meters: viaRossini.meters.filter(isKept),
  weather: [],
  devices: new Map([...viaRossini.devices].filter(([, device]: [string, Device]) => isKept(device))),
};

const cadenceS = {
  seat: 60,
  counter: 60,
  'access-point': 60,
  probe: 60,
  meter: 30,
  weather: 600,
  status: 900,
};

/** All faults of the simulators, as often as they come by default; silence more often, that gaps are many. */
const faultList = ['skew', 'counter-reset', 'silence=0.002', 'garbage', 'duplicate', 'reorder', 'disconnect'];

/** What the store would have been given of a span: what devices said, as it came, decoded and placed. */
export function* pointsOf(site: Site, from: number, to: number, seedNumber: number): Generator<Point> {
  const faults = new Faults(faultList, Seed.of(seedNumber));
  const inventory = new Inventory(new Map([[site.id, site]]));
  const decoder = new Decoder({
    definitions: devices,
    memory: new VolatileMemory(10),
    timezone: site.timezone,
  });
  const place = (topic: string, payload: string | Uint8Array, receivedAt: number): readonly Point[] => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    const decoded = decoder.decode(topic, bytes, receivedAt);
    if (decoded.kind !== 'readings') return [];
    return normalise(topic, decoded.readings, receivedAt, inventory).placements.flatMap(
      ({ points }) => points,
    );
  };
  const street = new Street(site, seedNumber);
  for (const sample of schedule(street, fleetDevices(site), from, to, cadenceS)) {
    for (const message of messagesOf(site.id, faults.distort(sample), native)) {
      for (const { topic, payload, time } of faults.deliver(message)) yield* place(topic, payload, time);
    }
  }
  for (const { topic, payload, time } of faults.flush()) yield* place(topic, payload, time);
}
